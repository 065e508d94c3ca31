import type { MailTexts } from '../../mail-definition/mail-texts.js'
import { securityMail } from '../../phrases/en.js'

export const texts: MailTexts = {
  subject: 'Your account is locked',
  heading: 'Your account is locked',
  paragraphs: [
    'Our staff locked @{{handle}}: {{detail}}. Nobody sees your profile, your photos and your follows, and nobody can log in.',
    'If that is wrong, object until {{until}}; you need not log in for it. Another person of our staff then looks at it.',
  ],
  button: 'Object to the lock',
  note: '',
  because: securityMail,
  details: {
    'under-age':
      'we were told that you are under 13, and we may keep nothing of those who are. Without your objection the account is erased after 7 days',
    abuse: 'it breaks our Terms',
    security: 'somebody else may be using it',
    other: 'they had a reason that we cannot name here',
  },
}
