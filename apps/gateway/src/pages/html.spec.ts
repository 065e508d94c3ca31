import { html } from './html.js'

describe('html', () => {
  it('escapes what it is given, but not its own markup', () => {
    const name = `<script>alert("1")</script> & 'x'`
    expect(html`<p title="${name}">${name}</p>`.text).toBe(
      '<p title="&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;">&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;</p>',
    )
    expect(html`${['a', 'b<'].map((item) => html`<b>${item}</b>`)}`.text).toBe('<b>a</b><b>b&lt;</b>')
    expect(html`${null}${undefined}${false}${0}`.text).toBe('0')
  })
})
