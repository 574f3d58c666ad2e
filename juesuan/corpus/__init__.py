"""Many documents at once: files found and grouped, checked by all cores, journalled, resumed, summed up."""
