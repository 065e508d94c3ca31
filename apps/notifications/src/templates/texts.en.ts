export const en = {
  unsubscribe: 'Turn these mails off',
  policy: 'Privacy policy',
  mails: {
    'verify-email': {
      subject: 'Please verify your address',
      heading: 'Welcome, @{{handle}}',
      paragraphs: [
        'One step is left: please confirm that this is your address. The link works once, for 24 hours.',
        'If you did not register, you need do nothing; nobody can use your address without this step.',
      ],
      button: 'Verify my address',
      because: 'You get this mail because somebody registered with this address.',
    },
    'address-known': {
      subject: 'You already have an account',
      heading: 'This address is known to us',
      paragraphs: [
        'Somebody, perhaps you, just registered with this address. It belongs to an account already, so nothing was changed.',
        'If it was you: log in as you always do, or ask for a new password there.',
      ],
      button: '',
      because: 'You get this mail because somebody registered with this address.',
    },
    'reset-password': {
      subject: 'Choose a new password',
      heading: 'Forgot your password?',
      paragraphs: [
        'You can choose a new one. The link works once, for one hour; afterwards you are logged out everywhere.',
        'If you did not ask for this, you need do nothing: your password stays as it is.',
      ],
      button: 'Choose a new password',
      because: 'You get this mail because a new password was asked for. Mails of this kind are always sent.',
    },
    'password-changed': {
      subject: 'Your password was changed',
      heading: 'Your password was changed',
      paragraphs: [
        'The password of @{{handle}} is another one since a moment ago, and you were logged out everywhere.',
        'If that was not you, ask for a new password at once: “Forgot your password?” on the log-in page.',
      ],
      button: '',
      because: 'You get this mail because it is about the safety of your account. Mails of this kind are always sent.',
    },
    'new-device': {
      subject: 'A log-in from a new device',
      heading: 'A log-in from a new device',
      paragraphs: [
        'Somebody logged in as @{{handle}} from a browser that we had not seen before.',
        'If that was you, all is well. If not, change your password: that ends every session.',
      ],
      button: '',
      because: 'You get this mail because it is about the safety of your account. Mails of this kind are always sent.',
    },
    'photo-rejected': {
      subject: 'A photo could not be shown',
      heading: 'A photo could not be shown',
      paragraphs: [
        'One of the files you uploaded could not be made into a photo ({{reason}}). It was deleted.',
        'JPEG, PNG, WebP and AVIF up to 50 megapixels work. Please try again with the original file.',
      ],
      button: '',
      because: 'You get this mail because you uploaded a file.',
    },
    follow: {
      subject: '{{name}} follows you',
      heading: 'You have a new follower',
      paragraphs: ['{{name}} follows you on Million Pictures and will see what you publish.'],
      button: 'See their profile',
      because: 'You get this mail because you want to hear of new followers.',
    },
  },
}
