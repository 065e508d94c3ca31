const security = 'You get this mail because it is about the safety of your account. Mails of this kind are always sent.'

/** What mails say. `{{…}}` are values; kinds are those of `Letter`. */
export const en = {
  fallback: 'If the button does nothing, this address leads to the same place:',
  unsubscribe: 'Turn these mails off',
  privacy: 'Privacy policy',
  terms: 'Terms of use',
  more: 'and {{count}} more',
  rejections: {
    'not-a-picture': 'it is not a picture that we know how to read',
    damaged: 'it is damaged or incomplete',
    'too-many-pixels': 'it has more than 50 megapixels',
    animated: 'it moves, and we show still pictures only',
  },
  mails: {
    'verify-email': {
      subject: 'Please confirm your address',
      heading: 'Welcome, @{{handle}}!',
      paragraphs: [
        'It is good to have you here. One step is left: please confirm that this address is yours.',
        'The link works once, until {{until}}.',
      ],
      button: 'Confirm my address',
      note: 'You did not register? Then you need do nothing. Without this step nobody can use your address here.',
      because: 'You get this mail because somebody registered with this address.',
    },
    'address-known': {
      subject: 'You already have an account',
      heading: 'We know this address already',
      paragraphs: [
        'Somebody, perhaps you, has just registered with this address. It belongs to an account already, so nothing was changed.',
        'If it was you: log in as you always do. If the password has slipped your mind, ask for a new one there.',
      ],
      button: '',
      note: 'It was not you? Then you need do nothing.',
      because: 'You get this mail because somebody registered with this address.',
    },
    'reset-password': {
      subject: 'Choose a new password',
      heading: 'Forgotten your password?',
      paragraphs: [
        'That happens. With this link you choose a new one for @{{handle}}; it works once, until {{until}}.',
        'Afterwards you are logged out everywhere else.',
      ],
      button: 'Choose a new password',
      note: 'You did not ask for this? Then you need do nothing: your password stays as it is.',
      because: 'You get this mail because a new password was asked for. Mails of this kind are always sent.',
    },
    'password-changed': {
      subject: 'Your password was changed',
      heading: 'Your password was changed',
      paragraphs: [
        'The password of @{{handle}} is a new one since {{at}}. All other sessions have ended.',
        'If that was you, all is well.',
      ],
      button: '',
      note: 'It was not you? Then ask for a new password at once, on the log-in page: that locks out whoever it was.',
      because: security,
    },
    'new-device': {
      subject: 'A log-in from a new device',
      heading: 'Was that you?',
      paragraphs: [
        'Somebody logged in as @{{handle}} at {{at}}, from a browser that we had not seen you use before.',
        'If that was you, all is well.',
      ],
      button: '',
      note: 'It was not you? Then change your password: that ends every session.',
      because: security,
    },
    'photo-rejected': {
      subject: 'One of your photos could not be shown',
      heading: 'This one did not work',
      paragraphs: [
        'We could not make a photo of a file that you uploaded: {{rejection}}. The file was deleted.',
        'JPEG, PNG, WebP and AVIF with up to 50 megapixels work. Please try again with the original file.',
      ],
      button: '',
      note: '',
      because: 'You get this mail because you uploaded a file, so that you do not wait for it in vain.',
    },
    follow: {
      subject: '{{name}} follows you',
      heading: 'You have a new follower',
      paragraphs: ['{{name}} follows you now, and will see what you publish.'],
      button: 'See their profile',
      note: '',
      because: 'You get this mail because your settings say that you want to hear of new followers.',
    },
    'follow-digest': {
      subject_one: '{{name}} follows you',
      subject_other: 'You have {{count}} new followers',
      heading_one: 'You have a new follower',
      heading_other: 'You have {{count}} new followers',
      paragraphs: ['They will see what you publish:'],
      button: '',
      note: '',
      because: 'You get this mail because your settings say that you want to hear of new followers now and then.',
    },
  },
}
