"""What differs from country to country: addresses, phone numbers, emergencies, weeks, holidays."""
