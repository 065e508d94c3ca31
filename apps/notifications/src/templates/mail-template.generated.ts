/** Made of mjml/mail.mjml by mjml/compile.mjs; change it there. */
export const MAIL_TEMPLATE = `<!doctype html>
<html lang="[[language]]" dir="[[direction]]" xmlns="http://www.w3.org/1999/xhtml" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<head>
<title>[[subject]]</title>
<!--[if !mso]><!-->
<meta http-equiv="X-UA-Compatible" content="IE=edge">
<!--<![endif]-->
<meta http-equiv="Content-Type" content="text/html; charset=UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style type="text/css">
#outlook a { padding:0; }
body { margin:0;padding:0;-webkit-text-size-adjust:100%;-ms-text-size-adjust:100%; }
table, td { border-collapse:collapse;mso-table-lspace:0pt;mso-table-rspace:0pt; }
img { border:0;height:auto;line-height:100%; outline:none;text-decoration:none;-ms-interpolation-mode:bicubic; }
p { display:block;margin:13px 0; }
</style>
<!--[if mso]>
<noscript>
<xml>
<o:OfficeDocumentSettings>
<o:AllowPNG/>
<o:PixelsPerInch>96</o:PixelsPerInch>
</o:OfficeDocumentSettings>
</xml>
</noscript>
<![endif]-->
<!--[if lte mso 11]>
<style type="text/css">
.mj-outlook-group-fix { width:100% !important; }
</style>
<![endif]-->
<style type="text/css">
@media only screen and (min-width:480px) {
.mj-column-per-100 { width:100% !important; max-width: 100%; }
}
</style>
<style media="screen and (min-width:480px)">
.moz-text-html .mj-column-per-100 { width:100% !important; max-width: 100%; }
</style>
<style type="text/css">
a {
color: #0b5f6b;
}
.people a {
font-weight: 600;
text-decoration: none;
}
@media (prefers-color-scheme: dark) {
body,
.page,
.page > div {
background: #15171a !important;
}
.sheet,
.sheet > table {
background: #202327 !important;
}
.ink div,
.ink p,
.ink h1,
.ink li {
color: #eceef0 !important;
}
.quiet div {
color: #a9b2bd !important;
}
a {
color: #7fd1de !important;
}
.button a,
.button td {
background: #0f7684 !important;
color: #ffffff !important;
}
}
</style>
<meta name="color-scheme" content="light dark" /> <meta name="supported-color-schemes" content="light dark" />
<meta name="x-apple-disable-message-reformatting" /> <meta name="format-detection" content="telephone=no, date=no,
address=no, email=no" />
</head>
<body  class="page" style="word-spacing:normal;background-color:#f3f1ec;">
<div style="display:none;font-size:1px;color:#ffffff;line-height:1px;max-height:0px;max-width:0px;opacity:0;overflow:hidden;">[[preview]]</div>
<div
aria-label="[[subject]]" aria-roledescription="email" role="article" lang="[[language]]" dir="[[direction]]" style="word-spacing:normal;background-color:#f3f1ec;"
>
<!--[if mso | IE]><table align="center" border="0" cellpadding="0" cellspacing="0" class="" role="presentation" style="width:580px;" width="580" ><tr><td style="line-height:0px;font-size:0px;mso-line-height-rule:exactly;"><![endif]-->
<div  style="margin:0px auto;max-width:580px;">
<table
align="center" border="0" cellpadding="0" cellspacing="0" role="presentation" style="width:100%;"
>
<tbody>
<tr>
<td
style="direction:[[direction]];font-size:0px;padding:32px 0 18px;text-align:center;"
>
<!--[if mso | IE]><table role="presentation" border="0" cellpadding="0" cellspacing="0"><tr><td class="" style="vertical-align:top;width:580px;" ><![endif]-->
<div
class="mj-column-per-100 mj-outlook-group-fix" style="font-size:0px;text-align:[[start]];direction:[[direction]];display:inline-block;vertical-align:top;width:100%;"
>
<table
border="0" cellpadding="0" cellspacing="0" role="presentation" width="100%"
>
<tbody>
<tr>
<td  style="vertical-align:top;padding:0;">
<table
border="0" cellpadding="0" cellspacing="0" role="presentation" style="" width="100%"
>
<tbody>
<tr>
<td
align="[[start]]" style="font-size:0px;padding:0 32px;word-break:break-word;"
>
<table
cellpadding="0" cellspacing="0" role="presentation" width="auto" border="0" style="color:#000000;font-family:-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif;font-size:13px;line-height:22px;table-layout:auto;width:auto;border:none;"
>
<tr aria-hidden="true">
<td style="width: 14px; height: 14px; background: #0b5f6b; border-radius: 3px"></td>
<td style="width: 4px"></td>
<td style="width: 14px; height: 14px; background: #e0a030; border-radius: 3px"></td>
<td style="width: 4px"></td>
<td style="width: 14px; height: 14px; background: #b8482f; border-radius: 3px"></td>
<td style="width: 4px"></td>
<td style="width: 14px; height: 14px; background: #5f7f3d; border-radius: 3px"></td>
</tr>
</table>
</td>
</tr>
<tr>
<td
align="[[start]]" class="quiet" style="font-size:0px;padding:10px 32px 0;word-break:break-word;"
>
<div
style="font-family:-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif;font-size:15px;line-height:1.6;text-align:[[start]];color:#5d6673;"
>Million Pictures</div>
</td>
</tr>
</tbody>
</table>
</td>
</tr>
</tbody>
</table>
</div>
<!--[if mso | IE]></td></tr></table><![endif]-->
</td>
</tr>
</tbody>
</table>
</div>
<!--[if mso | IE]></td></tr></table><table align="center" border="0" cellpadding="0" cellspacing="0" class="sheet-outlook" role="presentation" style="width:580px;" width="580" bgcolor="#ffffff" ><tr><td style="line-height:0px;font-size:0px;mso-line-height-rule:exactly;"><![endif]-->
<div  class="sheet" style="background:#ffffff;background-color:#ffffff;margin:0px auto;max-width:580px;border-radius:10px;overflow:hidden;">
<table
align="center" border="0" cellpadding="0" cellspacing="0" role="presentation" style="background:#ffffff;background-color:#ffffff;width:100%;border-collapse:separate;"
>
<tbody>
<tr>
<td
style="border-radius:10px;direction:[[direction]];font-size:0px;padding:32px 0 26px;text-align:center;"
>
<!--[if mso | IE]><table role="presentation" border="0" cellpadding="0" cellspacing="0"><tr><td class="" style="vertical-align:top;width:580px;" ><![endif]-->
<div
class="mj-column-per-100 mj-outlook-group-fix" style="font-size:0px;text-align:[[start]];direction:[[direction]];display:inline-block;vertical-align:top;width:100%;"
>
<table
border="0" cellpadding="0" cellspacing="0" role="presentation" width="100%"
>
<tbody>
<tr>
<td  style="vertical-align:top;padding:0;">
<table
border="0" cellpadding="0" cellspacing="0" role="presentation" style="" width="100%"
>
<tbody>
<tr>
<td
align="[[start]]" class="ink" style="font-size:0px;padding:0 32px 14px;word-break:break-word;"
>
<div
style="font-family:-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif;font-size:16px;line-height:1.6;text-align:[[start]];color:#23262b;"
><h1 style="margin: 0; font-size: 25px; line-height: 1.3; font-weight: 700">[[heading]]</h1></div>
</td>
</tr>
<tr>
<td
align="[[start]]" class="ink" style="font-size:0px;padding:0 32px;word-break:break-word;"
>
<div
style="font-family:-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif;font-size:16px;line-height:1.6;text-align:[[start]];color:#23262b;"
>[[paragraphs]]</div>
</td>
</tr>
<!-- people -->
<tr>
<td
align="[[start]]" class="ink people" style="font-size:0px;padding:0 32px;word-break:break-word;"
>
<div
style="font-family:-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif;font-size:16px;line-height:1.6;text-align:[[start]];color:#23262b;"
>[[people]]</div>
</td>
</tr>
<!-- /people --><!-- button -->
<tr>
<td
align="[[start]]" class="button" style="font-size:0px;padding:6px 32px 18px;word-break:break-word;"
>
<table
border="0" cellpadding="0" cellspacing="0" role="presentation" style="border-collapse:separate;line-height:100%;"
>
<tbody>
<tr>
<td
align="center" bgcolor="#0b5f6b" role="presentation" style="border:none;border-radius:6px;cursor:auto;mso-padding-alt:13px 24px;background:#0b5f6b;" valign="middle"
>
<a
href="[[url]]" style="display:inline-block;background:#0b5f6b;color:#ffffff;font-family:-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif;font-size:16px;font-weight:600;line-height:120%;margin:0;text-decoration:none;text-transform:none;padding:13px 24px;mso-padding-alt:0px;border-radius:6px;" target="_blank"
>
[[label]]
</a>
</td>
</tr>
</tbody>
</table>
</td>
</tr>
<!-- /button --><!-- fallback -->
<tr>
<td
align="[[start]]" class="quiet" style="font-size:0px;padding:0 32px 6px;word-break:break-word;"
>
<div
style="font-family:-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif;font-size:13px;line-height:1.6;text-align:[[start]];color:#5d6673;"
>[[fallback]]<br /><a href="[[url]]" style="word-break: break-all">[[url]]</a></div>
</td>
</tr>
<!-- /fallback --><!-- note -->
<tr>
<td
align="[[start]]" class="ink" style="font-size:0px;padding:10px 32px 0;word-break:break-word;"
>
<div
style="font-family:-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif;font-size:16px;line-height:1.6;text-align:[[start]];color:#23262b;"
>[[note]]</div>
</td>
</tr>
<!-- /note -->
</tbody>
</table>
</td>
</tr>
</tbody>
</table>
</div>
<!--[if mso | IE]></td></tr></table><![endif]-->
</td>
</tr>
</tbody>
</table>
</div>
<!--[if mso | IE]></td></tr></table><table align="center" border="0" cellpadding="0" cellspacing="0" class="" role="presentation" style="width:580px;" width="580" ><tr><td style="line-height:0px;font-size:0px;mso-line-height-rule:exactly;"><![endif]-->
<div  style="margin:0px auto;max-width:580px;">
<table
align="center" border="0" cellpadding="0" cellspacing="0" role="presentation" style="width:100%;"
>
<tbody>
<tr>
<td
style="direction:[[direction]];font-size:0px;padding:20px 0 40px;text-align:center;"
>
<!--[if mso | IE]><table role="presentation" border="0" cellpadding="0" cellspacing="0"><tr><td class="" style="vertical-align:top;width:580px;" ><![endif]-->
<div
class="mj-column-per-100 mj-outlook-group-fix" style="font-size:0px;text-align:[[start]];direction:[[direction]];display:inline-block;vertical-align:top;width:100%;"
>
<table
border="0" cellpadding="0" cellspacing="0" role="presentation" width="100%"
>
<tbody>
<tr>
<td  style="vertical-align:top;padding:0;">
<table
border="0" cellpadding="0" cellspacing="0" role="presentation" style="" width="100%"
>
<tbody>
<tr>
<td
align="[[start]]" class="quiet" style="font-size:0px;padding:0 32px;word-break:break-word;"
>
<div
style="font-family:-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif;font-size:13px;line-height:1.6;text-align:[[start]];color:#5d6673;"
>[[because]]</div>
</td>
</tr>
<!-- unsubscribe -->
<tr>
<td
align="[[start]]" class="quiet" style="font-size:0px;padding:8px 32px 0;word-break:break-word;"
>
<div
style="font-family:-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif;font-size:13px;line-height:1.6;text-align:[[start]];color:#5d6673;"
><a href="[[unsubscribeUrl]]">[[unsubscribe]]</a></div>
</td>
</tr>
<!-- /unsubscribe -->
<tr>
<td
align="[[start]]" class="quiet" style="font-size:0px;padding:8px 32px 0;word-break:break-word;"
>
<div
style="font-family:-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif;font-size:13px;line-height:1.6;text-align:[[start]];color:#5d6673;"
><a href="[[privacyUrl]]">[[privacy]]</a> &nbsp;·&nbsp; <a href="[[termsUrl]]">[[terms]]</a
><br />[[imprint]]</div>
</td>
</tr>
</tbody>
</table>
</td>
</tr>
</tbody>
</table>
</div>
<!--[if mso | IE]></td></tr></table><![endif]-->
</td>
</tr>
</tbody>
</table>
</div>
<!--[if mso | IE]></td></tr></table><![endif]-->
</div>
</body>
</html>
`
