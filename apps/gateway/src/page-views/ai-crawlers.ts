/**
 * Words in the user agents of programs that collect for language models, and the companies behind them. From the companies’ own
 * pages, as of 2026-11-29; a new one is a plain crawler until it is added.
 */
const companies: Readonly<Record<string, readonly string[]>> = {
  Amazon: ['Amazonbot', 'bedrockbot'],
  Anthropic: ['ClaudeBot', 'Claude-User', 'Claude-SearchBot', 'anthropic-ai', 'Claude-Web'],
  Apple: ['Applebot-Extended'],
  ByteDance: ['Bytespider', 'TikTokSpider'],
  Cohere: ['cohere-ai', 'cohere-training-data-crawler'],
  'Common Crawl': ['CCBot'],
  DeepSeek: ['DeepSeekBot'],
  Diffbot: ['Diffbot'],
  DuckDuckGo: ['DuckAssistBot'],
  Google: ['Google-Extended', 'GoogleOther', 'Google-CloudVertexBot'],
  Huawei: ['PanguBot', 'PetalBot'],
  Meta: ['Meta-ExternalAgent', 'Meta-ExternalFetcher', 'FacebookBot'],
  Mistral: ['MistralAI-User'],
  OpenAI: ['GPTBot', 'ChatGPT-User', 'OAI-SearchBot'],
  Perplexity: ['PerplexityBot', 'Perplexity-User'],
  'You.com': ['YouBot'],
}

const known = Object.entries(companies).flatMap(([company, words]) =>
  words.map((word) => ({ company, word: word.toLowerCase() })),
)

export const aiCompanies: readonly string[] = Object.keys(companies)

/** Null for anything else. */
export function aiCompanyOf(userAgent: string): string | null {
  const text = userAgent.toLowerCase()
  return known.find(({ word }) => text.includes(word))?.company ?? null
}
