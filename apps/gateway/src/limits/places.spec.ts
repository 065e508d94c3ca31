import { UnavailableError } from '@mpics/service-kit'
import { Places } from './places.js'

describe('places', () => {
  const asked = (places: Places, key: string, log: string[]) => {
    const place = places.take(key, 60_000)
    place.turn.then(() => log.push(key)).catch((error: Error) => log.push(`${key}: ${error.constructor.name}`))
    return place
  }
  const settled = () => new Promise(setImmediate)

  it('go to whoever holds fewest, then to whoever came first', async () => {
    const log: string[] = []
    const places = new Places(3)
    const greedy = Array.from({ length: 10 }, () => asked(places, 'greedy', log))
    asked(places, 'late', log)
    asked(places, 'last', log)
    for (const place of greedy.slice(0, 3)) place.leave()
    await settled()
    expect(log).toEqual(['greedy', 'greedy', 'greedy', 'late', 'last', 'greedy'])
  })

  it('are given back once, and are not held by whoever left before its turn', async () => {
    const log: string[] = []
    const places = new Places(1)
    const [first, left] = [asked(places, 'a', log), asked(places, 'left', log)]
    left.leave()
    await settled()
    first.leave()
    first.leave()
    asked(places, 'b', log)
    asked(places, 'c', log)
    await settled()
    expect(log).toEqual(['a', `left: ${UnavailableError.name}`, 'b'])
  })

  it('are awaited no longer than is said', async () => {
    jest.useFakeTimers()
    const places = new Places(1)
    const held = places.take('a', 1_000)
    const { turn } = places.take('b', 1_000)
    jest.advanceTimersByTime(1_000)
    jest.useRealTimers()
    await expect(turn).rejects.toThrow(UnavailableError)
    held.leave()
    await places.take('c', 1_000).turn
  })
})
