import { z } from 'zod'
import { describedAs } from './named.js'

/** Says how closely a value is tied to a person; decides what may be logged, published and shown. */
export type Classification =
  | 'public' // shown to anybody
  | 'technical' // says nothing about a person
  | 'identifier' // a pseudonymous id of ours
  | 'personal' // entered by, or about, a person
  | 'traffic' // about a browser's request, never tied to an account (B31)
  | 'secret' // password, token, code: never stored in clear, never logged

/** Why a value is held (policy: "we only collect personal information that is relevant", B03). */
export type Purpose =
  | 'account'
  | 'security'
  | 'profile'
  | 'photos'
  | 'community'
  | 'mail'
  | 'consent'
  | 'diagnosis'
  | 'trend-analysis'
  | 'administration'
  | 'delivery'

export interface About {
  classification: Classification
  purpose: Purpose
  description?: string
}

/** Declares what a field is and what it is for; the inventory, the documents and the checks read it back. */
export const field = <T extends z.ZodType>(schema: T, about: About): T => describedAs(schema, about)

export const aboutField = (schema: z.ZodType): About | undefined => {
  const meta = schema.meta() as Partial<About> | undefined
  return meta?.classification && meta.purpose ? (meta as About) : undefined
}

/** What is said of a field, also where it may be missing, null or left out. */
export function aboutWithin(schema: z.ZodType): About | undefined {
  const said = aboutField(schema)
  if (said) return { classification: said.classification, purpose: said.purpose, ...described(said) }
  const isWrapped = schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable
  return isWrapped ? aboutWithin(schema.unwrap() as z.ZodType) : undefined
}

const described = ({ description }: About) => (description ? { description } : {})

/** What the fields of an object say of themselves, for where they are stored. */
export const aboutsOf = <S extends z.ZodRawShape>({ shape }: z.ZodObject<S>): Record<keyof S & string, About> =>
  Object.fromEntries(
    Object.entries(shape).flatMap(([name, schema]) => {
      const said = aboutWithin(schema as z.ZodType)
      return said ? [[name, said]] : []
    }),
  ) as Record<keyof S & string, About>

export const uuid = z.uuid()
/** The nil UUID (RFC 9562 §5.9), where a released schema wants an account and the fact names none. */
export const NOBODY = '00000000-0000-0000-0000-000000000000'
export const instant = z.iso.datetime()

export const id = (purpose: Purpose, description?: string) =>
  field(z.uuid(), { classification: 'identifier', purpose, description })
export const time = (purpose: Purpose, description?: string) =>
  field(z.iso.datetime(), { classification: 'technical', purpose, description })
