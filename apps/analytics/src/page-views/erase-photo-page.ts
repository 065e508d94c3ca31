import { setTimeout as delay } from 'node:timers/promises'
import { ErasedIds } from '@mpics/eventing'
import { Injectable } from '@nestjs/common'
import { photoPageOf } from '../tallies/profile-page.js'
import { PageTraces } from './page-traces.js'
import { PageViewsRepository } from './page-views.repository.js'

/** Until the relay has published the tombstone. */
const WAIT_MS = 200

/** Forgets how often the page of a photo was viewed. The sums of the site keep its views. */
@Injectable()
export class ErasePhotoPage {
  constructor(
    private readonly pages: PageViewsRepository,
    private readonly traces: PageTraces,
    private readonly erased: ErasedIds,
  ) {
    erased.onLate(async (ids) => {
      for (const id of ids) await this.erase(id)
    })
  }

  async execute(photoId: string, signal?: AbortSignal): Promise<void> {
    await this.erased.remember([photoId])
    await this.erase(photoId, signal)
  }

  private async erase(photoId: string, signal?: AbortSignal): Promise<void> {
    const page = photoPageOf(photoId)
    await this.traces.erase(page)
    while ((await this.pages.erasePage(page)).waiting > 0) await delay(WAIT_MS, undefined, { signal })
  }
}
