import { glob, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../environment/root.js'
import { shownSentences, unmarked } from './shown-sentences.js'

async function testSources(): Promise<string> {
  const texts: string[] = []
  for await (const file of glob('{apps,libs,e2e}/**/*.{spec,int-spec,e2e-spec}.ts', {
    cwd: root,
    exclude: (path) => /node_modules|dist|out-tsc/.test(path),
  }))
    texts.push(await readFile(join(root, file), 'utf8'))
  return texts.join('\n')
}

/** A title stands alone in its quotes, after the numbers of promises or the name of a case. */
function isTitleIn(tests: string, title: string): boolean {
  const escaped = title.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
  return new RegExp(`(['"\`])(?:B[\\d.]+ |%s )*${escaped}\\1,`).test(tests)
}

describe('what the site says to people', () => {
  it('names for each promising sentence a test that is there', async () => {
    const sentences = await shownSentences(root)
    const files = new Set(sentences.map(({ file }) => file))
    expect([...files].sort()).toEqual([
      'apps/gateway/src/pages/cookie-help.ts',
      'apps/gateway/src/pages/counting-help.ts',
      'apps/identity/policies/terms-2026-11-29.md',
    ])
    const tests = await testSources()
    expect(sentences.filter(({ test }) => test !== undefined && !isTitleIn(tests, test))).toEqual([])
    expect(sentences.filter(({ test }) => test !== undefined).length).toBeGreaterThan(12)
  })

  it('marks every sentence of the Terms that is no rule', async () => {
    const terms = await readFile(join(root, 'apps/identity/policies/terms-2026-11-29.md'), 'utf8')
    const rules = [
      'These are the rules of Million Pictures, in plain words.',
      'Together with the [privacy policy](/policies/privacy) they apply to every visit.',
      'What is done with your account counts as done by you, unless you told us that somebody else got hold of it.',
      'A place to publish photos of the world, to find those of others, and to follow the people who make them.',
      'You are at least 13 years old.',
      'You give an e-mail address that is yours, and confirm it.',
      'You keep your password to yourself.',
      'One person has one account.',
      'They stay yours.',
      'Publish only what you made, or what its maker lets you publish.',
      'What the law forbids, and what shows, sexualises or endangers children.',
      'Threats, harassment, hate against people for what they are, and private things about others without their consent.',
      "Advertising, pretending to be somebody else, and programs that collect people's data.",
      'You let us store them, make smaller copies of them, and show them to those to whom you chose to show them.',
      'Attempts to break into the site, to overload it, or to count views that nobody had.',
    ]
    expect(unmarked(terms).filter((sentence) => !rules.includes(sentence))).toEqual([])
    expect(unmarked('- You can fly. We help you. <!-- shown by: x -->\n\nFish swim.')).toEqual([
      'You can fly.',
      'Fish swim.',
    ])
  })
})
