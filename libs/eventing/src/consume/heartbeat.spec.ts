import { useModelTime, restart } from '../../test/model/clock.js'
import { Heartbeat } from './heartbeat.js'

const minutes = (count: number) => jest.advanceTimersByTime(count * 60_000)
const withType = (type: string) => Object.assign(new Error(), { type })

describe('the heartbeat of a consumer', () => {
  useModelTime()
  beforeEach(restart)

  it('is lost two minutes after Kafka last answered it, however often it begins again', () => {
    const heartbeat = new Heartbeat()
    heartbeat.beat()
    for (let i = 0; i < 4; i++) {
      minutes(0.5)
      heartbeat.failed(new TypeError('a defect'))
      expect(heartbeat.lost).toBe(false)
    }
    minutes(0.1)
    expect(heartbeat.lost).toBe(true)
    expect(heartbeat.silentMs).toBe(126_000)
    heartbeat.beat()
    expect(heartbeat.lost).toBe(false)
  })

  it('is lost when it has never been heard', () => {
    const heartbeat = new Heartbeat()
    expect(heartbeat.lost).toBe(false)
    minutes(3)
    expect(heartbeat.lost).toBe(true)
  })

  it.each([
    Object.assign(new Error('retries exceeded'), { originalError: withType('GROUP_AUTHORIZATION_FAILED') }),
    withType('COORDINATOR_LOAD_IN_PROGRESS'),
    Object.assign(new Error('no coordinator'), { name: 'KafkaJSGroupCoordinatorNotFound' }),
    Object.assign(new Error('closed'), { name: 'KafkaJSConnectionClosedError' }),
  ])('is silent with reason while a new process would fare no better: %p', (error) => {
    const heartbeat = new Heartbeat()
    for (let i = 0; i < 10; i++) {
      minutes(1)
      heartbeat.failed(error)
      expect(heartbeat.lost).toBe(false)
    }
    // Kafka is back: a while is allowed for joining
    minutes(1.9)
    expect(heartbeat.lost).toBe(false)
    minutes(0.2)
    expect(heartbeat.lost).toBe(true)
  })
})
