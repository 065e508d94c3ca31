import { about, type StoredFields } from '@mpics/mongo'

const technical = about.technical('trend-analysis')
const ofView = about.traffic('trend-analysis')

/** What a stretch of the log holds, and why. */
export const viewLogFields: StoredFields = {
  _id: technical,
  source: technical,
  from: technical,
  to: technical,
  hours: technical,
  pages: ofView,
  savedAt: technical,
  views: {
    at: ofView,
    page: ofView,
    kind: ofView,
    crawlerOf: ofView,
    referrer: about.traffic('trend-analysis', 'a host alone'),
    country: ofView,
    browser: ofView,
    os: ofView,
    device: ofView,
    language: ofView,
    agent: ofView,
    place: about.traffic('trend-analysis', 'what a sketch takes of a keyed hash of the browser'),
    visitor: about.traffic('trend-analysis', 'a name of the browser that ends with the day'),
  },
}
