import { demand, firstNumber } from './requirements.js'

describe('what must be installed', () => {
  it.each([
    ['openjdk version "17.0.15" 2025-04-15', 17],
    ['go version go1.26.8 linux/amd64', 1.26],
    ['go version go1.9 linux/amd64', 1.09],
    ['\u001b[1mApache Maven 3.8.7\u001b[m', 3.08],
    ['command not found', 0],
  ])('reads the version of %s', (text, version) => expect(firstNumber(text)).toBe(version))

  it('is named with the way to get it and the way around it', async () => {
    const none = {
      name: 'Nothing 1',
      command: ['no-such-command'] as [string],
      atLeast: 1,
      install: 'apt-get install it',
    }
    await expect(demand(none, 'Kafka', 'KAFKA_BROKERS')).rejects.toThrow(
      'Nothing 1 is missing, and Kafka needs it. Install it (apt-get install it), or set KAFKA_BROKERS to a server that runs already.',
    )
    await expect(demand(none, 'the check')).rejects.toThrow(/needs it\. Install it \(apt-get install it\)\.$/)
  })
})
