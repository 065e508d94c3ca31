import { join } from 'node:path'
import { root } from '../src/environment/root.js'
import { instructionsOf } from './how-to/instructions.js'
import { TreeCopy } from './how-to/tree-copy.js'

jest.setTimeout(15 * 60_000)

/** In the order in which they are applied, with the most files that each may make one change by hand. */
const MAX_FILES = { event: 4, mail: 3, 'profile-field': 2, route: 4, service: 8 }

const jestOf = (project: string, ...files: string[]) => [
  '--selectProjects',
  project,
  '--silent',
  '--runInBand',
  '--runTestsByPath',
  ...files,
]

describe('the how-tos, applied to a copy of the tree', () => {
  let tree: TreeCopy
  beforeAll(() => {
    tree = TreeCopy.make(root, join(root, '.cache/how-to'))
  })
  afterAll(() => tree.remove())

  it.each([
    ['event profiles.Follow.removed --heard-by media', 'no name of an aggregate'],
    ['event profiles.follow.ended --heard-by media', 'is there already'],
    ['event profiles.follow.removed --heard-by medai', 'no service “medai”'],
    ['mail follow --on identity.account.email-verified', 'is there already'],
    ['mail hello --on identity.account.hello', 'must name the event'],
    ['service media', 'an application “media” already'],
  ])('`npm run new -- %s` is refused, and nothing is written', (command, said) => {
    expect(() => tree.run('node', ['tools/dist/new/main.js', ...command.split(' ')])).toThrow(said)
    expect(tree.changedFiles()).toEqual([])
  })

  it.each(Object.entries(MAX_FILES))(
    '%s.md works as it is written, and changes at most %i files by hand',
    (page, max) => {
      const { commands, edits } = instructionsOf(join(root, `docs/how-to/${page}.md`))
      for (const command of commands) tree.run('node', ['tools/dist/new/main.js', ...command])
      tree.commit()
      for (const { path, apply } of edits) tree.edit(path, apply)
      const byHand = tree.changedFiles()
      expect(byHand.sort()).toEqual([...new Set(edits.map(({ path }) => path))].sort())
      expect(byHand.length).toBeLessThanOrEqual(max)
      tree.commit()
    },
  )

  it('the copy builds, and its generated files are current once they are written', () => {
    tree.run('node', ['tools/bin/setup.mjs', 'generate'])
    tree.run('node', ['tools/dist/generate/main.js', '--check'])
  })

  it.each([
    [
      'libs/contracts',
      'unit',
      [
        'src/catalogue/catalogue.spec.ts',
        'src/catalogue/services.spec.ts',
        'src/documents/compatibility.spec.ts',
        'src/http/http.spec.ts',
      ],
    ],
    ['apps/profiles', 'unit', ['src/follows/follow.spec.ts', 'src/profiles/shown-profile.spec.ts']],
    ['apps/notifications', 'unit', ['src/mails/mails.spec.ts', 'src/mails/content-of.spec.ts']],
    ['apps/gateway', 'unit', ['src/routes/routes.spec.ts']],
    ['apps/profiles', 'integration', ['test/follows.int-spec.ts']],
    ['apps/tips', 'integration', ['test/tips.int-spec.ts']],
    [
      'tools',
      'unit',
      ['src/generate/kubernetes-secrets.spec.ts', 'src/dev/inspectors.spec.ts', 'src/structure/floors.spec.ts'],
    ],
    ['e2e', 'promises', ['promises/consumer-table.e2e-spec.ts']],
  ])('the %s tests of the copy pass (%s)', (project, tier, files) => {
    tree.run('jest', jestOf(tier, ...files), project)
  })
})
