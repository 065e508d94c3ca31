import { gateway } from '@mpics/contracts'
import { boundedTo } from '@mpics/service-kit'
import Bowser from 'bowser'
import { isbot } from 'isbot'
import { LRUCache } from 'lru-cache'
import { aiCompanyOf } from './ai-crawlers.js'
import { knownBrowser, knownSystem } from './known-families.js'
import { showsPreviews } from './link-previews.js'

export interface UserAgentFacts {
  browser: string | null
  os: string | null
  device: 'desktop' | 'mobile' | 'tablet' | 'other'
  /** As isbot says: crawlers, headless browsers, monitors, link previews, and any bare HTTP library. */
  bot: boolean
  /** The company of an AI crawler. */
  crawlerOf: string | null
  /** An app or program under its own name, such as `okhttp/4.12`: neither a browser nor a crawler. */
  program: boolean
  /** Fetches a page to show a preview of a link. */
  preview: boolean
}

const unnamed: UserAgentFacts = {
  ...{ browser: null, os: null, device: 'other' },
  ...{ bot: true, crawlerOf: null, program: true, preview: false },
}

const CACHE_BYTES = 1024 * 1024
const CRAWLER_WORDS = /bot|crawl|spider|slurp|archiv|headless|phantom|preview|monitor|scan|https?:|[@+]/i
const isProgram = (userAgent: string) => !/^mozilla\//i.test(userAgent) && !CRAWLER_WORDS.test(userAgent)

function deviceOf(type: string | undefined): UserAgentFacts['device'] {
  return type === 'desktop' || type === 'mobile' || type === 'tablet' ? type : 'other'
}

function read(userAgent: string): UserAgentFacts {
  if (!userAgent) return unnamed
  const { browser, os, platform } = Bowser.parse(userAgent)
  const crawlerOf = aiCompanyOf(userAgent)
  const bot = crawlerOf !== null || isbot(userAgent)
  return {
    browser: knownBrowser(browser.name),
    os: knownSystem(os.name),
    device: deviceOf(platform.type),
    bot,
    crawlerOf,
    program: crawlerOf === null && isProgram(userAgent),
    preview: bot && crawlerOf === null && showsPreviews(userAgent),
  }
}

/** Reads families without versions, which would help to recognise a browser. */
export class UserAgents {
  private readonly known = new LRUCache<string, UserAgentFacts>(boundedTo(CACHE_BYTES))

  factsOf(header = ''): UserAgentFacts {
    // a copy, since a part of a text keeps the whole of it in memory
    const userAgent = Buffer.from(header.slice(0, gateway.agentViewReads.userAgent), 'latin1').toString('latin1')
    const known = this.known.get(userAgent)
    if (known) return known
    const facts = read(userAgent)
    this.known.set(userAgent, facts)
    return facts
  }
}
