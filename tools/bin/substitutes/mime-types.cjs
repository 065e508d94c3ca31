// minio asks it for the type of a file that it opens itself, which none of ours does.
exports.lookup = (file) => require('mime-types').lookup(file)
