import { Chance } from './chance.js'

const FIRST = ['Ada', 'Berenice', 'Cem', 'Dorothea', 'Eliška', 'Farid', 'Gerda', 'Henri', 'Imogen', 'Jakub']
const LAST = ['Novák', 'Yılmaz', 'Haddad', 'Lange', 'Cunningham', 'Salgado', 'Maier', 'Arbus', 'Koudelka', 'Morath']
const SUBJECTS = {
  rocket: ['Lift-off', 'Trail of fire', 'Launch pad at dusk', 'Thrust'],
  hubble: ['Deep field', 'Far galaxies', 'Old light', 'Ten thousand suns'],
  coffee: ['Morning cup', 'At the bar', 'Crema', 'A quiet hour'],
  chelsea: ['Chelsea', 'Whiskers', 'The look', 'On the sofa'],
} as const

const COUNTRIES = ['DE', 'FR', 'US', 'BR', 'JP', 'IN', 'NL', 'CZ', 'TR', 'KE', 'IS'] as const
const REFERRERS = ['search.example', 'social.example', 'news.example', 'forum.example'] as const
const MACHINES = [
  { browser: 'Firefox', os: 'Linux', device: 'desktop' },
  { browser: 'Chrome', os: 'Windows', device: 'desktop' },
  { browser: 'Chrome', os: 'Android', device: 'mobile' },
  { browser: 'Safari', os: 'iOS', device: 'mobile' },
  { browser: 'Safari', os: 'iOS', device: 'tablet' },
] as const

export type Subject = keyof typeof SUBJECTS

export const PEOPLE = 20
export const PHOTOS = 200
export const DAYS = 30
const FOLLOWS = 90
const VIEWS = 6_000

export interface PlannedPerson {
  handle: string
  email: string
  password: string
  fullName: string
}

export interface PlannedPhoto {
  owner: number
  subject: Subject
  title: string
  /** Makes the picture another one: which part of it, how turned, in which tone. */
  variant: number
}

export interface PlannedView {
  photo: number
  /** Days before now; with a fraction. */
  daysAgo: number
  visitor: number
  country: string
  referrerHost: string | null
  browser: string
  os: string
  device: string
}

export interface Plan {
  people: PlannedPerson[]
  photos: PlannedPhoto[]
  /** Follower and followed. */
  follows: [number, number][]
  views: PlannedView[]
}

/** The plan of all seeded data; the same for the same seed. */
export function planOf(seed: number): Plan {
  const chance = new Chance(seed)
  const people = Array.from({ length: PEOPLE }, (_, i) => personOf(i))
  const photos = Array.from({ length: PHOTOS }, (_, variant) => photoOf(chance, variant))
  return { people, photos, follows: followsOf(chance), views: Array.from({ length: VIEWS }, () => viewOf(chance)) }
}

function personOf(i: number): PlannedPerson {
  const [first, last] = [FIRST[i % FIRST.length]!, LAST[(i * 3 + Math.floor(i / FIRST.length)) % LAST.length]!]
  const handle = `seed_${plain(first)}_${i + 1}`
  return {
    handle,
    email: `${handle}@people.example`,
    password: `seeded pictures ${i + 1}`,
    fullName: `${first} ${last}`,
  }
}

const plain = (name: string) =>
  name
    .normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase()

function photoOf(chance: Chance, variant: number): PlannedPhoto {
  const subject = chance.among(Object.keys(SUBJECTS) as Subject[])
  return { owner: variant % PEOPLE, subject, title: `${chance.among(SUBJECTS[subject])}, ${variant + 1}`, variant }
}

/** A few are followed by nearly everybody. */
function followsOf(chance: Chance): [number, number][] {
  const pairs = new Map<string, [number, number]>()
  while (pairs.size < FOLLOWS) {
    const pair: [number, number] = [chance.below(PEOPLE), chance.rank(PEOPLE)]
    if (pair[0] !== pair[1]) pairs.set(pair.join(), pair)
  }
  return [...pairs.values()]
}

/** More in the last days than in the first. What is said of a visitor stays the same; where a view comes from does not. */
function viewOf(chance: Chance): PlannedView {
  const visitor = chance.rank(500)
  const own = new Chance(visitor)
  return {
    photo: chance.rank(PHOTOS),
    daysAgo: DAYS * chance.next() ** 1.5,
    visitor,
    country: COUNTRIES[own.rank(COUNTRIES.length)]!,
    ...own.among(MACHINES),
    referrerHost: chance.next() < 0.4 ? null : REFERRERS[chance.rank(REFERRERS.length)]!,
  }
}
