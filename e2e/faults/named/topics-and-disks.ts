import { identity, profiles } from '@mpics/contracts'
import { createKafka, createTopics } from '@mpics/eventing'
import { eventually } from '@mpics/testing/eventually'
import type { FaultySystem } from '../system/faulty-system.js'
import { OUTAGE_MS } from '../system/outages.js'
import { survives } from '../system/survives.js'
import { SmallDisk } from '../system/small-disk.js'
import { setTimeout as delay } from 'node:timers/promises'

const LOST = profiles.followStarted.topic.name
const COMPLAINT = 'Topics are missing: '

export function topicAndDiskTests(faulty: () => FaultySystem): void {
  it('a topic that is deleted, missing while a service that hears it starts, and created again', async () => {
    const { notifications } = faulty().system.services
    await faulty().untilIdle()
    const before = await faulty().observe()
    // a topic takes its records with it; the promise concerns events saved from now on
    faulty().remember(LOST, before.records[LOST] ?? [])
    await survives(faulty(), {
      fault: async () => {
        await deleteTopic(faulty(), LOST)
        await notifications.stop()
        const complaints = () => faulty().log('notifications').split(COMPLAINT).length
        const earlier = complaints()
        const starting = notifications.start()
        await eventually('notifications to miss it', async () => complaints() > earlier)
        await faulty().progress(30)
        await createTopics(faulty().kafka)
        await starting
      },
    })
    const after = await faulty().observe()
    expect(after.records[identity.consentChanged.topic.name]!.length).toBeGreaterThan(
      before.records[identity.consentChanged.topic.name]!.length,
    )
  })

  // mounting needs root
  const whereDisksAreMounted = SmallDisk.isPossible() ? it : it.skip
  whereDisksAreMounted(`a disk that is full at Kafka for ${OUTAGE_MS / 1000} s`, async () => {
    const disk = faulty().disk!
    await survives(faulty(), {
      steps: 10,
      fault: async () => {
        await faulty().progress(10)
        await disk.fill()
        await eventually('Kafka to stop', async () => !faulty().stack.servers.kafka!.running)
        await delay(OUTAGE_MS)
        await disk.free()
        await faulty().stack.servers.kafka!.untilReady()
      },
    })
  })
}

async function deleteTopic({ kafka }: FaultySystem, name: string): Promise<void> {
  const admin = createKafka(kafka).admin()
  await admin.connect()
  await admin.deleteTopics({ topics: [kafka.prefix + name] })
  await admin.disconnect()
}
