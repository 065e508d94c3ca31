import { html } from './html.js'

describe('html', () => {
  it('escapes what it is given, but not its own markup', () => {
    const name = `<script>alert("1")</script> & 'x'`
    expect(html`<p title="${name}">${name}</p>`.text).toBe(
      '<p title="&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;">&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;</p>',
    )
    expect(
      html`<ul>
        ${['a', 'b<'].map((item) => html`<li>${item}</li>`)}
      </ul>`.text,
    ).toBe('<ul><li>a</li><li>b&lt;</li></ul>')
    expect(html`${null}${undefined}${false}${0}`.text).toBe('0')
  })
})
