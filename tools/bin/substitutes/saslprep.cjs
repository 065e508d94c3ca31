// MongoDB's driver prepares passwords by a package with 2 MB of tables of Unicode. RFC 4013 leaves printable ASCII as it is; other passwords load them.
const PRINTABLE = /^[ -~]*$/

exports.saslprep = (password) =>
  PRINTABLE.test(password) ? password : require('@mongodb-js/saslprep').saslprep(password)
