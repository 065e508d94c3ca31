import { dayOf } from '../page-days/day.js'
import type { OwnViews } from '../page-views/page-views.js'
import type { View } from '../tallies/tally.js'
import { type Bucket, halvesOf, isIn } from './bucket.js'
import { TallyCount } from './tally-count.js'

/** Days of pages. One takes about a kilobyte. */
const MAX_DAYS = 50_000

type PageDays = Map<string, TallyCount>

/** Counts the views of pages by day. When these are too many it goes on with half of the pages, and the others are left for later. */
export class PageCounts {
  /** What it has not counted: shares of the pages that it began with. */
  readonly left: Bucket[] = []
  private pages = new Map<string, PageDays>()
  private owners = new Map<string, OwnViews>()
  private size = 0
  private isSettled = false

  constructor(
    private bucket: Bucket,
    private readonly max = MAX_DAYS,
  ) {}

  add(view: View): void {
    if (!isIn(this.bucket, view.page)) return
    const days = this.pages.get(view.page) ?? new Map<string, TallyCount>()
    this.pages.set(view.page, days)
    const day = dayOf(view.at)
    if (!days.has(day)) days.set(day, this.newDay())
    days.get(day)!.add(view)
    if (view.own) this.addOwn(view.page, day)
    if (this.size > this.max && this.pages.size > 1 && !this.isSettled) this.narrow()
  }

  /** From now on it answers for the pages that it has counted. */
  settle(): void {
    this.isSettled = true
  }

  has(page: string): boolean {
    return this.pages.has(page)
  }

  isResponsibleFor(page: string): boolean {
    return isIn(this.bucket, page)
  }

  names(): IterableIterator<string> {
    return this.pages.keys()
  }

  daysOf(page: string): ReadonlyMap<string, TallyCount> {
    return this.pages.get(page) ?? new Map<string, TallyCount>()
  }

  ownOf(page: string): OwnViews | undefined {
    return this.owners.get(page)
  }

  private newDay(): TallyCount {
    this.size++
    return new TallyCount()
  }

  private addOwn(page: string, day: string): void {
    const known = this.owners.get(page)
    if (known && known.day > day) return
    this.owners.set(page, { day, views: known?.day === day ? known.views + 1 : 1 })
  }

  private narrow(): void {
    const [kept, left] = halvesOf(this.bucket)
    this.left.push(left)
    this.bucket = kept
    this.pages = new Map([...this.pages].filter(([page]) => isIn(kept, page)))
    this.owners = new Map([...this.owners].filter(([page]) => isIn(kept, page)))
    this.size = [...this.pages.values()].reduce((sum, days) => sum + days.size, 0)
  }
}
