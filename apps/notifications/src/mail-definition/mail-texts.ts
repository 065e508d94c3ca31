type Plural = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other'
type Counted<Part extends string> = { [P in Part | `${Part}_${Plural}`]?: string }

/** The texts of one kind of mail in one language. `{{…}}` are values; a `subject` or `heading` that counts has plural forms (CLDR). */
export interface MailTexts extends Counted<'subject'>, Counted<'heading'> {
  paragraphs: readonly string[]
  /** Empty: no button. */
  button: string
  note: string
  because: string
  /** Labels of further pages. */
  links?: Readonly<Record<string, string>>
  /** Words for the codes of `parameters.detail`; `other` for a code that this version does not know. */
  details?: Readonly<Record<string, string>>
}
