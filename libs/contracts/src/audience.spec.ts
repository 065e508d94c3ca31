import fc from 'fast-check'
import { admittedTo, audienceOf, audiences, maySee, type ViewerRelation, viewerRelations } from './audience.js'

const others = viewerRelations.filter((relation) => relation !== 'owner')
const words = fc.oneof(fc.constantFrom(...audiences), fc.string(), fc.constantFrom(undefined, null, 'toString', 0))

describe('B36 who may see what', () => {
  it.each([
    ['public', ['owner', 'follower', 'member', 'visitor']],
    ['members', ['owner', 'follower', 'member']],
    ['followers', ['owner', 'follower']],
    ['me', ['owner']],
    [undefined, ['owner']],
    [null, ['owner']],
    ['', ['owner']],
    ['friends', ['owner']],
  ] as const)('%s is seen by %j', (audience, seenBy) => {
    expect(viewerRelations.filter((relation) => maySee(relation, audience))).toEqual(seenBy)
  })

  it.each(audiences)('nobody but its owner sees what is for %s of a locked account', (audience) => {
    expect(viewerRelations.filter((relation) => maySee(relation, audience, { locked: true }))).toEqual(['owner'])
  })

  it('is what a query asks for, whatever is stored', () => {
    fc.assert(
      fc.property(fc.constantFrom(...viewerRelations), words, fc.boolean(), (relation, word, locked) => {
        const asked: readonly unknown[] = admittedTo(relation, { locked })
        if (relation === 'owner') expect(maySee(relation, word, { locked })).toBe(true)
        else expect(maySee(relation, word, { locked })).toBe(asked.includes(word))
      }),
    )
  })

  it('shows nobody more when the audience is narrower, nor when the viewer is farther', () => {
    for (const [i, wider] of audiences.entries())
      for (const narrower of audiences.slice(i))
        for (const [j, nearer] of viewerRelations.entries())
          for (const farther of viewerRelations.slice(j))
            if (maySee(farther, narrower))
              expect([maySee(farther, wider), maySee(nearer, narrower)]).toEqual([true, true])
  })

  it('fails closed for a word, and for a relation, that it does not know', () => {
    expect(maySee('visitor', undefined)).toBe(false)
    expect(audienceOf('circles')).toBe('me')
    for (const audience of audiences) expect(maySee('constructor' as ViewerRelation, audience)).toBe(false)
    fc.assert(
      fc.property(fc.constantFrom(...others), fc.string(), (relation, word) => {
        fc.pre(!(audiences as readonly string[]).includes(word))
        expect(maySee(relation, word)).toBe(false)
      }),
    )
  })
})
