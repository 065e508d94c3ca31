import { z } from 'zod'
import { defineApi, pageOf, pageQuery } from '../define/define-api.js'
import { handleParams, profileCard } from './profile.js'

export const followProfile = defineApi({
  name: 'followProfile',
  service: 'profiles',
  method: 'PUT',
  path: '/v1/profiles/{handle}/follow',
  summary: 'Follows a photographer; safe to repeat',
  access: 'member',
  scope: 'follows:write',
  params: handleParams,
  problems: ['profiles.profile-not-found', 'profiles.follow-self'],
})

export const unfollowProfile = defineApi({
  name: 'unfollowProfile',
  service: 'profiles',
  method: 'DELETE',
  path: '/v1/profiles/{handle}/follow',
  summary: 'Follows a photographer no longer; safe to repeat',
  access: 'member',
  scope: 'follows:write',
  params: handleParams,
  problems: ['profiles.profile-not-found'],
})

const cards = pageOf(profileCard)

const page = z.strictObject(pageQuery)

export const listFollowers = defineApi({
  name: 'listFollowers',
  service: 'profiles',
  method: 'GET',
  path: '/v1/profiles/{handle}/followers',
  summary: 'Who follows a photographer, the latest first',
  access: 'anonymous',
  scope: 'follows:read',
  params: handleParams,
  query: page,
  answer: cards,
  problems: ['profiles.profile-not-found', 'cursor-invalid'],
})

export const listFollowing = defineApi({
  name: 'listFollowing',
  service: 'profiles',
  method: 'GET',
  path: '/v1/profiles/{handle}/following',
  summary: 'Whom a photographer follows, the latest first',
  access: 'anonymous',
  scope: 'follows:read',
  params: handleParams,
  query: page,
  answer: cards,
  problems: ['profiles.profile-not-found', 'cursor-invalid'],
})
