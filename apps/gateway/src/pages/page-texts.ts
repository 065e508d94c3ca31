import type { Html } from './html.js'

interface Card {
  title: string
  text: string
}

/** Holds the texts of the pages to which mails lead, and of the frame of every page. A language that lacks one does not compile. */
export interface PageTexts {
  frame: {
    skip: string
    site: string
    explore: string
    account: string
    logIn: string
    privacy: string
    terms: string
    inventory: string
    cookies: string
    events: string
    viewed: (total: number, unique: number) => string
  }
  verify: {
    title: string
    about: (handle: Html, at: Html) => Html
    warning: string
    button: string
    done: Card
    expired: Card
    taken: Card
  }
  confirmEmail: { title: string; about: string; button: string; done: Card; expired: Card; taken: Card; frozen: Card }
  freezeEmail: {
    title: string
    about: string
    button: string
    frozen: { title: string; text: string; password: string; code: string; keep: string; drop: string }
    refused: string
    kept: Card
    dropped: Card
    expired: Card
  }
  objection: {
    title: string
    about: string
    button: string
    done: Card
    expired: Card
  }
  reset: {
    title: string
    field: string
    hint: string
    button: string
    refused: string
    done: Card
    expired: Card
    another: string
    ask: { title: string; field: string; button: string; refused: string; sent: Card }
  }
  /** Of the mails about factors that are said to be lost. */
  factors: Readonly<Record<'confirm' | 'cancel', { title: string; about: string; button: string; done: Card }>> & {
    expired: Card
  }
  unsubscribe: {
    title: string
    about: (category: Html) => Html
    button: string
    doneTitle: string
    done: (category: Html) => Html
    unknown: Card
    /** By category of mails. */
    categories: Readonly<Record<string, string>>
  }
  profile: {
    about: (name: string) => string
    followers: (count: number) => string
    following: (count: number) => string
    photos: string
    noPhotos: string
  }
  gallery: {
    by: (name: string) => string
    untitled: string
    somebody: string
    away: string
  }
  policy: {
    titles: { privacy: string; terms: string }
    inForce: (title: string, version: string, since: string) => string
    /** Of a version that is not in force yet. */
    from: (title: string, version: string, from: string) => string
    /** Stands behind the title of a text that is not translated. */
    otherLanguage: string
    changes: { link: string; title: (title: string) => string; about: (from: string, to: string) => string }
  }
  announcements: {
    label: string
    coming: (title: string, at: Html) => Html
    since: (title: string, at: Html) => Html
    read: string
  }
}
