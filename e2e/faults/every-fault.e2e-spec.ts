import { FaultySystem } from './system/faulty-system.js'
import { againTests } from './named/again.js'
import { clockTests } from './named/clocks.js'
import { difficultEventTests } from './named/difficult-events.js'
import { killPointTests } from './named/kill-points.js'
import { orderlyStopTests } from './named/orderly-stops.js'
import { replicaTests } from './named/replicas.js'
import { serversDieTests } from './named/servers-die.js'
import { topicAndDiskTests } from './named/topics-and-disks.js'

jest.setTimeout(1_200_000)

describe('nothing is lost, doubled or wrong after', () => {
  let running: FaultySystem
  const faulty = () => running
  beforeAll(async () => {
    running = await FaultySystem.start()
  })
  afterEach(() => running.mend())
  afterAll(() => running?.stop())

  killPointTests(faulty)
  serversDieTests(faulty)
  orderlyStopTests(faulty)
  replicaTests(faulty)
  againTests(faulty)
  difficultEventTests(faulty)
  clockTests(faulty)
  topicAndDiskTests(faulty)
})
