import { type ApiAnswer, type ApiInput, DEFAULT_LANGUAGE, type identity, type Language } from '@mpics/contracts'
import { boundedTo } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { LRUCache } from 'lru-cache'
import { diffTexts } from './diff-texts.js'
import { type PolicyVersion, textIn } from './policy.js'
import { PolicyNotFoundError } from './policy.errors.js'
import { PolicyRepository } from './policy.repository.js'

type Answer = ApiAnswer<typeof identity.diffPolicies>

const MAX_CACHED_BYTES = 4 * 1024 * 1024

/** Versions never change, and so no answer is ever stale. */
@Injectable()
export class DiffPolicies {
  private readonly answers = new LRUCache<string, Answer>(boundedTo(MAX_CACHED_BYTES))

  constructor(private readonly policies: PolicyRepository) {}

  async execute({ params, query }: ApiInput<typeof identity.diffPolicies>, wanted: Language): Promise<Answer> {
    const key = JSON.stringify([params.document, query.from, query.to, wanted])
    const known = this.answers.get(key)
    if (known) return known
    const { versions } = await this.policies.find(params.document)
    const [from, to] = [query.from, query.to].map((name) => versions.find(({ version }) => version === name))
    if (!from || !to) throw new PolicyNotFoundError()
    const answer = { document: params.document, from: from.version, to: to.version, ...compared(from, to, wanted) }
    this.answers.set(key, answer)
    return answer
  }
}

/** In the wanted language where both versions speak it: a comparison of two languages tells nothing. */
function compared(from: PolicyVersion, to: PolicyVersion, wanted: Language): Pick<Answer, 'locale' | 'changes'> {
  const isInBoth = [from, to].every((version) => textIn(version, wanted).locale === wanted)
  const locale = isInBoth ? wanted : DEFAULT_LANGUAGE
  return { locale, changes: diffTexts(textIn(from, locale).text, textIn(to, locale).text) }
}
