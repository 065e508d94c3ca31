import { Clock, Metrics } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { DueEmailRepository } from '../emails/due-email.repository.js'
import type { Email } from '../emails/email.js'

const SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 7200]

@Injectable()
export class EmailMetrics {
  private readonly attempts
  private readonly waits

  constructor(
    metrics: Metrics,
    due: DueEmailRepository,
    private readonly clock: Clock,
  ) {
    this.attempts = metrics.counter(
      'notifications_mail_attempts_total',
      'Attempts to send mails, by what came of them',
      ['category', 'outcome'],
    )
    this.waits = metrics.histogram(
      'notifications_mail_wait_seconds',
      'From when a mail was wanted to when it was sent',
      [],
      SECONDS,
    )
    metrics.gauge('notifications_mail_oldest_seconds', 'Since when the oldest unsent mail waits', async () => {
      const now = this.clock.now()
      const since = await due.oldestWait(now)
      return since ? (now.getTime() - since.getTime()) / 1000 : 0
    })
  }

  attempted({ category, status, wantedAt, finishedAt }: Email): void {
    this.attempts.inc({ category, outcome: status === 'queued' ? 'postponed' : status })
    if (status === 'sent' && finishedAt) this.waits.observe((finishedAt.getTime() - wantedAt.getTime()) / 1000)
  }
}
