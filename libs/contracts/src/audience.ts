/** The people who may see a thing, from widest to narrowest. `me` is the owner alone. */
export const audiences = ['public', 'members', 'followers', 'me'] as const
export type Audience = (typeof audiences)[number]

/** The relation of a viewer to the owner of a thing, from nearest to farthest. */
export const viewerRelations = ['owner', 'follower', 'member', 'visitor', 'blocked'] as const
export type ViewerRelation = (typeof viewerRelations)[number]

export interface OwnerState {
  /** A locked account is shown to nobody but its owner. */
  locked?: boolean
}

const ADMITTED = new Map<ViewerRelation, readonly Audience[]>([
  ['owner', audiences],
  ['follower', ['public', 'members', 'followers']],
  ['member', ['public', 'members']],
  ['visitor', ['public']],
  ['blocked', []],
])

/** A missing audience, and a word that this version does not know, mean "nobody but me". */
export const audienceOf = (word: unknown): Audience => audiences.find((known) => known === word) ?? 'me'

/** For queries: the audiences whose things this viewer sees. */
export function admittedTo(relation: ViewerRelation, { locked = false }: OwnerState = {}): readonly Audience[] {
  if (locked && relation !== 'owner') return []
  return ADMITTED.get(relation) ?? []
}

/** The one rule of who may see what. It fails closed. */
export const maySee = (relation: ViewerRelation, audience: unknown, owner: OwnerState = {}): boolean =>
  admittedTo(relation, owner).includes(audienceOf(audience))
