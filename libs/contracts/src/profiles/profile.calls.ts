import { z } from 'zod'
import { defineApi, pageOf, pageQuery } from '../define/define-api.js'
import { named, shownAs } from '../define/named.js'
import { lineOfText } from '../define/text.js'
import {
  handleParams,
  myProfile,
  personal,
  profileCard,
  profileChanges,
  profileVisibility,
  shownProfile,
  technical,
} from './profile.js'

export const getProfile = defineApi({
  name: 'getProfile',
  service: 'profiles',
  method: 'GET',
  path: '/v1/profiles/{handle}',
  summary: 'A photographer’s profile: only the fields that this viewer may see',
  access: 'anonymous',
  scope: 'profiles:read',
  params: handleParams,
  answer: shownProfile,
  problems: ['profiles.profile-not-found'],
  page: '/@{handle}',
})

export const getMyProfile = defineApi({
  name: 'getMyProfile',
  service: 'profiles',
  method: 'GET',
  path: '/v1/me/profile',
  summary: 'Everything that my profile holds',
  access: 'member',
  scope: 'profiles:read',
  answer: myProfile,
  problems: ['profiles.profile-not-found'],
})

export const changeMyProfile = defineApi({
  name: 'changeMyProfile',
  service: 'profiles',
  method: 'PATCH',
  path: '/v1/me/profile',
  summary: 'Adds, corrects or (with null) deletes fields; fields that are not named stay as they are',
  access: 'member',
  scope: 'profiles:write',
  body: profileChanges,
  status: 200,
  answer: myProfile,
  problems: ['profiles.profile-not-found', 'precondition-failed'],
})

export const getMyVisibility = defineApi({
  name: 'getMyVisibility',
  service: 'profiles',
  method: 'GET',
  path: '/v1/me/visibility',
  summary: 'Who may see which field of my profile',
  access: 'member',
  scope: 'profiles:read',
  answer: profileVisibility,
  problems: ['profiles.profile-not-found'],
})

export const setMyVisibility = defineApi({
  name: 'setMyVisibility',
  service: 'profiles',
  method: 'PUT',
  path: '/v1/me/visibility',
  summary: 'Decides who may see which field of my profile, at once and everywhere',
  access: 'member',
  scope: 'profiles:write',
  body: profileVisibility,
  status: 200,
  answer: profileVisibility,
  problems: ['profiles.profile-not-found', 'precondition-failed'],
})

export const previewMyProfile = defineApi({
  name: 'previewMyProfile',
  service: 'profiles',
  method: 'GET',
  path: '/v1/me/profile/preview',
  summary: 'My profile as others see it',
  access: 'member',
  scope: 'profiles:read',
  query: z.strictObject({ as: technical(named('ProfileViewer', z.enum(['visitor', 'member', 'follower']))) }),
  answer: shownProfile,
  problems: ['profiles.profile-not-found'],
})

export const listPhotographers = defineApi({
  name: 'listPhotographers',
  service: 'profiles',
  method: 'GET',
  path: '/v1/photographers',
  summary: 'Photographers to discover; `q` looks at handles and at the names that everybody may see',
  access: 'anonymous',
  scope: 'profiles:read',
  query: z.strictObject({
    ...pageQuery,
    sort: technical(named('PhotographerOrder', z.enum(['new'])).default('new')),
    q: personal(shownAs(lineOfText(60), 'ans').optional(), 'beginning of a handle, or of a word of a name'),
    near: technical(z.literal('me').optional(), 'those who name the same place as I do; needs a log-in and a location'),
  }),
  answer: pageOf(profileCard),
  problems: ['cursor-invalid', 'unauthenticated', 'profiles.profile-incomplete'],
})
