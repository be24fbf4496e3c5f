// Filled in with the topic.
