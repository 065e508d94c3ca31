import { setTimeout as delay } from 'node:timers/promises'
import { eventually } from '@mpics/testing/eventually'
import { Mailbox } from '@mpics/tools/people/mailbox'
import type { History } from '../evidence/history.js'
import { Person } from './person.js'
import { type Pace, Requests } from './requests.js'
import type { Chance } from './chance.js'

export interface LoadOptions {
  gatewayUrl: string
  mailApi: string
  history: History
  chance: Chance
  /** Members already: they act at once, while others are still joining. */
  residents?: readonly Person[]
  newcomers?: number
  /** Least number of steps of each person after joining. */
  steps?: number
  pace?: Pace
}

const PURPOSES = ['email-news', 'email-products', 'email-offers', 'personalised-ads']
const AUDIENCES = ['public', 'members', 'followers', 'me']
const MAX_PHOTOS = 2
const THINKING_MS = 60
const WAITING_MS = 500

export class Load {
  private readonly newcomers: Person[]
  private readonly residents: readonly Person[]

  constructor(private readonly options: LoadOptions) {
    const { gatewayUrl, mailApi, history, chance, newcomers = 2, residents = [], pace } = options
    this.residents = residents
    const unique = Date.now().toString(36)
    this.newcomers = Array.from({ length: newcomers }, (_, i) => {
      const requests = new Requests(gatewayUrl, history, pace)
      return new Person(`p${i}_${chance.seed}_${unique}`, requests, new Mailbox(mailApi))
    })
  }

  get people(): Person[] {
    return [...this.residents, ...this.newcomers]
  }

  /** Runs until `over` at least: people use the system during the whole fault. */
  async run(over: AbortSignal): Promise<void> {
    const { chance, steps = 6 } = this.options
    await Promise.all([
      ...this.residents.map((person) => this.after(person.logIn(), person, chance.fork(), steps, over)),
      ...this.newcomers.map((person) => this.after(this.beginning(person), person, chance.fork(), steps, over)),
    ])
  }

  async join(): Promise<void> {
    await Promise.all(this.newcomers.map((person) => person.join()))
  }

  /** Once in a life: the service limits how often it sends such mails. */
  private async beginning(person: Person): Promise<void> {
    await person.join()
    await person.changePassword()
  }

  private async after(beginning: Promise<void>, person: Person, chance: Chance, steps: number, over: AbortSignal) {
    await beginning
    await this.liveOf(person, chance, steps, over)
  }

  private others(person: Person): Person[] {
    return this.people.filter((other) => other !== person && other.joined)
  }

  /** Everybody does each kind of thing at least once, then follows chance. */
  private async liveOf(person: Person, chance: Chance, steps: number, over: AbortSignal): Promise<void> {
    const certain = [
      this.upload,
      this.consent,
      this.follow,
      this.show,
      this.view,
      this.mails,
      this.leave,
      this.uploadDamaged,
    ]
    const possible = [
      this.follow,
      this.unfollow,
      this.consent,
      this.show,
      this.view,
      this.view,
      this.retitle,
      this.remove,
      this.leave,
    ]
    for (const act of certain) await act(person, chance, this.others(person))
    for (let step = 0; step < steps || !over.aborted; step++) {
      await delay(chance.below(step < steps ? THINKING_MS : WAITING_MS))
      await chance.among(possible)(person, chance, this.others(person))
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
    const [oldest] = person.photos
    if (oldest && person.photos.length >= MAX_PHOTOS) await person.remove(oldest)
    await person.upload(`Title ${chance.below(1_000_000)}`)
  }

  private readonly leave = (person: Person) => person.leave()
  private readonly uploadDamaged = (person: Person, chance: Chance) =>
    person.uploadDamaged(`Title ${chance.below(1_000_000)}`)

  private readonly retitle = async (person: Person, chance: Chance) => {
    const photo = person.photos[0]
    if (photo) await person.retitle(photo, `Title ${chance.below(1_000_000)}`)
  }

  private readonly remove = async (person: Person, chance: Chance) => {
    const photo = person.photos[0]
    if (!photo) return
    await this.viewPhoto(person, photo)
    await person.remove(photo)
    await this.upload(person, chance)
  }

  /** Only a published photo can be viewed. */
  private async viewPhoto(person: Person, photo: string): Promise<void> {
    await eventually(`photo ${photo} to be published`, () => person.sees(photo), 240_000, 100)
    await person.view(`/photos/${photo}`)
  }
}
