// Which event it is.
function placeOf({ stream, sequence }) {
  return `${stream.kind}:${stream.id}:${sequence}`;
}

export { placeOf };
