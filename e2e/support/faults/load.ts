import { setTimeout as delay } from 'node:timers/promises'
import { eventually } from '@mpics/tools/tour/eventually'
import { Mailbox } from '@mpics/tools/tour/mailbox'
import type { History } from './history.js'
import { Person } from './person.js'
import { type Pace, Requests } from './requests.js'
import type { Chance } from './seed.js'

export interface LoadOptions {
  gatewayUrl: string
  mailApi: string
  history: History
  chance: Chance
  people?: number
  /** What each of them does at least, after they joined. */
  steps?: number
  pace?: Pace
}

const PURPOSES = ['email-news', 'email-products', 'email-offers', 'personalised-ads']
const AUDIENCES = ['public', 'members', 'followers', 'me']
const MOST_PHOTOS = 2
const THINKING_MS = 60
const WAITING_MS = 500

/** Commands of some people at once, as a seed determines them. */
export class Load {
  readonly people: Person[]
  private readonly joining = Promise.withResolvers<void>()
  private readonly unique: string

  constructor(private readonly options: LoadOptions) {
    const { gatewayUrl, mailApi, history, chance, people = 3, pace } = options
    this.unique = Date.now().toString(36)
    this.people = Array.from({ length: people }, (_, i) => {
      const requests = new Requests(gatewayUrl, history, pace)
      return new Person(`p${i}_${chance.seed}_${this.unique}`, requests, new Mailbox(mailApi))
    })
  }

  /** Until `over` at least: whatever is being done to the system, somebody is using it. */
  async run(over: AbortSignal): Promise<void> {
    this.join()
    await this.joined
    const { chance, steps = 6 } = this.options
    await Promise.all(this.people.map((person) => this.liveOf(person, chance.fork(), steps, over)))
  }

  /** Resolves when everybody can log in and has a profile. */
  get joined(): Promise<void> {
    return this.joining.promise
  }

  private join(): void {
    void Promise.all(this.people.map((person) => person.join())).then(() => this.joining.resolve(), this.joining.reject)
  }

  /** Everybody does each kind of thing at least once, then whatever chance says. */
  private async liveOf(person: Person, chance: Chance, steps: number, over: AbortSignal): Promise<void> {
    const others = this.people.filter((other) => other !== person)
    const certain = [this.upload, this.consent, this.follow, this.show, this.view, this.mails]
    const possible = [
      this.follow,
      this.unfollow,
      this.consent,
      this.show,
      this.view,
      this.view,
      this.retitle,
      this.remove,
    ]
    for (const act of certain) await act(person, chance, others)
    for (let step = 0; step < steps || !over.aborted; step++) {
      await delay(chance.below(step < steps ? THINKING_MS : WAITING_MS))
      await chance.among(possible)(person, chance, others)
    }
  }

  private readonly follow = (person: Person, chance: Chance, others: Person[]) => person.follow(chance.among(others))
  private readonly unfollow = (person: Person, chance: Chance, others: Person[]) =>
    person.unfollow(chance.among(others))
  private readonly consent = (person: Person, chance: Chance) =>
    person.consent(chance.among(PURPOSES), chance.below(3) > 0)
  private readonly mails = (person: Person, chance: Chance) =>
    person.chooseMails(chance.among(['immediate', 'immediate', 'off']))
  private readonly show = (person: Person, chance: Chance) => person.showBio(chance.among(AUDIENCES))
  private readonly view = (person: Person, chance: Chance, others: Person[]) =>
    person.view(chance.among(['/', '/explore', ...others.map((other) => `/profiles/${other.accountId}`)]))

  private readonly upload = async (person: Person, chance: Chance) => {
    await person.upload(`Title ${chance.below(1_000_000)}`)
  }

  private readonly retitle = async (person: Person, chance: Chance) => {
    const photo = person.photos[0]
    if (photo) await person.retitle(photo, `Title ${chance.below(1_000_000)}`)
  }

  private readonly remove = async (person: Person, chance: Chance) => {
    const photo = person.photos[0]
    if (!photo) return
    await this.viewPhoto(person, photo)
    await person.remove(photo)
    if (person.photos.length < MOST_PHOTOS) await this.upload(person, chance)
  }

  /** Only what is published can be viewed. */
  private async viewPhoto(person: Person, photo: string): Promise<void> {
    await eventually(`photo ${photo} to be published`, () => person.sees(photo), 120_000)
    await person.view(`/photos/${photo}`)
  }
}
