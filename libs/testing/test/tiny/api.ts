import { defineApi, DomainError } from '@mpics/contracts'
import { z } from 'zod'

export const addNote = defineApi({
  name: 'addNote',
  service: 'profiles',
  method: 'POST',
  path: '/v1/notes',
  summary: 'Keeps a note',
  access: 'member',
  scope: null,
  idempotent: true,
  body: z.strictObject({
    text: z.string().min(1).max(100),
    kind: z.enum(['plain', 'slow', 'broken']).default('plain'),
  }),
  status: 201,
  answer: z.strictObject({ id: z.uuid(), text: z.string() }),
  problems: ['profiles.notes-full'],
})

export const suggestNote = defineApi({
  name: 'suggestNote',
  service: 'profiles',
  method: 'POST',
  path: '/v1/suggestions',
  summary: 'Takes a note from anybody',
  access: 'anonymous',
  scope: null,
  idempotent: true,
  body: z.strictObject({ text: z.string().min(1).max(100) }),
  status: 201,
  answer: z.strictObject({ id: z.uuid(), text: z.string() }),
})

export const readNote = defineApi({
  name: 'readNote',
  service: 'profiles',
  method: 'GET',
  path: '/v1/notes/{id}',
  summary: 'Shows a note',
  access: 'anonymous',
  scope: null,
  params: z.strictObject({ id: z.uuid() }),
  query: z.strictObject({ length: z.coerce.number().int().max(100).optional() }),
  answer: z.strictObject({ id: z.uuid(), text: z.string() }),
})

export const purgeNotes = defineApi({
  name: 'purgeNotes',
  service: 'profiles',
  method: 'DELETE',
  path: '/v1/notes',
  summary: 'Forgets every note',
  access: { roles: ['operator'] },
  scope: null,
})

export const countNotes = defineApi({
  name: 'countNotes',
  service: 'profiles',
  method: 'GET',
  path: '/internal/notes/count',
  summary: 'How many notes there are',
  access: { services: ['analytics'] },
  scope: null,
  answer: z.strictObject({ count: z.int() }),
})

/** Played by a peer. */
export const weighNote = defineApi({
  name: 'weighNote',
  service: 'media',
  method: 'POST',
  path: '/internal/weights/{id}',
  summary: 'What a note weighs',
  access: { services: ['profiles'] },
  scope: null,
  params: z.strictObject({ id: z.uuid() }),
  query: z.strictObject({ unit: z.enum(['g', 'kg']) }),
  body: z.strictObject({ text: z.string() }),
  status: 200,
  answer: z.strictObject({ grams: z.number() }),
})

/** Played by a peer too: a change, which may take its time. */
export const frameNote = defineApi({
  name: 'frameNote',
  service: 'media',
  method: 'POST',
  path: '/v1/frames/{title}',
  summary: 'Puts a note into a frame',
  access: 'anonymous',
  scope: null,
  params: z.strictObject({ title: z.string().max(30) }),
})

export class NotesFullError extends DomainError {
  readonly code = 'profiles.notes-full'
  readonly kind = 'conflict'
  override readonly extensions = { most: 3 }
  constructor() {
    super('There is room for 3 notes; delete one first.')
  }
}
