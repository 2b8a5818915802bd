# Writes what Jekyll made of every document of a site, for the JSON files beside the sites:
#   cp dump.rb SITE/_plugins/; JEKYLL_ENV=production DUMP=SITE.json jekyll build --source SITE --destination /tmp/_site
require "json"

Jekyll::Hooks.register :site, :post_write do |site|
  documents = site.documents.grep(Jekyll::Document).select(&:write?).sort_by(&:path).to_h do |document|
    [
      document.path.delete_prefix("#{site.source}/"),
      {
        "url" => document.url,
        "id" => document.id,
        "title" => document.data["title"].to_s,
        "published" => document.date.utc.iso8601,
        "categories" => document.data["categories"],
        "tags" => document.data["tags"],
        "excerpt_html" => document.data["excerpt"].to_s,
        "content_html" => document.content,
      },
    ]
  end
  File.write(ENV.fetch("DUMP"), "#{JSON.pretty_generate(documents)}\n")
end
