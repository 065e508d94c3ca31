import { Injectable, type OnModuleInit } from '@nestjs/common'
import mjml2html from 'mjml'

const INK = '#1b1f24'
const QUIET = '#5f6b7a'
const ACCENT = '#0b6e6e'

const button = `<mj-button href="{{url}}" background-color="${ACCENT}" border-radius="6px" font-size="16px" inner-padding="12px 24px" align="left">{{label}}</mj-button>`
const unsubscribe = ' · <a href="{{unsubscribeUrl}}">{{unsubscribe}}</a>'

const source = (has: { button: boolean; unsubscribe: boolean }) => `<mjml lang="{{locale}}">
  <mj-head>
    <mj-title>{{subject}}</mj-title>
    <mj-preview>{{preview}}</mj-preview>
    <mj-attributes>
      <mj-all font-family="Georgia, 'Times New Roman', serif" color="${INK}" />
      <mj-text font-size="17px" line-height="1.55" />
    </mj-attributes>
    <mj-style>a { color: ${ACCENT} }</mj-style>
  </mj-head>
  <mj-body background-color="#f4f2ee" width="560px">
    <mj-section padding="28px 0 8px">
      <mj-column><mj-text font-size="14px" letter-spacing="2px" color="${QUIET}">MILLION PICTURES</mj-text></mj-column>
    </mj-section>
    <mj-section background-color="#ffffff" border-radius="8px" padding="20px 8px">
      <mj-column>
        <mj-text font-size="26px" line-height="1.25">{{heading}}</mj-text>
        <mj-text>{{paragraphs}}</mj-text>
        ${has.button ? button : ''}
      </mj-column>
    </mj-section>
    <mj-section padding="8px 0 28px">
      <mj-column><mj-text font-size="13px" color="${QUIET}">{{because}}<br /><a href="{{policyUrl}}">{{policy}}</a>${has.unsubscribe ? unsubscribe : ''}</mj-text></mj-column>
    </mj-section>
  </mj-body>
</mjml>`

async function compiled(has: { button: boolean; unsubscribe: boolean }): Promise<string> {
  const { html, errors } = await mjml2html(source(has), { validationLevel: 'strict' })
  if (errors.length) throw new Error(errors.map((e) => e.formattedMessage).join('\n'))
  return html
}

/** MJML is compiled when the service starts; a mail only fills the places in. */
@Injectable()
export class Layouts implements OnModuleInit {
  private readonly variants = new Map<string, string>()

  async onModuleInit(): Promise<void> {
    for (const button of [true, false])
      for (const unsubscribe of [true, false])
        this.variants.set(`${button}/${unsubscribe}`, await compiled({ button, unsubscribe }))
  }

  for(has: { button: boolean; unsubscribe: boolean }): string {
    const html = this.variants.get(`${has.button}/${has.unsubscribe}`)
    if (!html) throw new Error('the layouts are not compiled yet')
    return html
  }
}
