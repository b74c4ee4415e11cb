"""What an export holds, brought into this site: pages, pictures, people, comments, redirects."""
