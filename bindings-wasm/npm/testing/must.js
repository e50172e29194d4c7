function must(holds, message) {
  if (!holds) throw new Error(message);
}

export { must };
