"""What directories of podcasts file a feed under (Apple, "Podcasts categories", 2025)."""

from collections.abc import Mapping
from types import MappingProxyType

#: Between a category and its part, as people write it.
BETWEEN = " > "


def _parts(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.split(", ")))


#: Each with its parts; other names are passed over.
CATEGORIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Arts": _parts("Books, Design, Fashion & Beauty, Food, Performing Arts, Visual Arts"),
        "Business": _parts("Careers, Entrepreneurship, Investing, Management, Marketing, Non-Profit"),
        "Comedy": _parts("Comedy Interviews, Improv, Stand-Up"),
        "Education": _parts("Courses, How To, Language Learning, Self-Improvement"),
        "Fiction": _parts("Comedy Fiction, Drama, Science Fiction"),
        "Government": (),
        "Health & Fitness": _parts(
            "Alternative Health, Fitness, Medicine, Mental Health, Nutrition, Sexuality"
        ),
        "History": (),
        "Kids & Family": _parts("Education for Kids, Parenting, Pets & Animals, Stories for Kids"),
        "Leisure": _parts(
            "Animation & Manga, Automotive, Aviation, Crafts, Games, Hobbies, Home & Garden, Video Games"
        ),
        "Music": _parts("Music Commentary, Music History, Music Interviews"),
        "News": _parts(
            "Business News, Daily News, Entertainment News, News Commentary, Politics, Sports News, Tech News"
        ),
        "Religion & Spirituality": _parts(
            "Buddhism, Christianity, Hinduism, Islam, Judaism, Religion, Spirituality"
        ),
        "Science": _parts(
            "Astronomy, Chemistry, Earth Sciences, Life Sciences, Mathematics, Natural Sciences, Nature, "
            "Physics, Social Sciences"
        ),
        "Society & Culture": _parts(
            "Documentary, Personal Journals, Philosophy, Places & Travel, Relationships"
        ),
        "Sports": _parts(
            "Baseball, Basketball, Cricket, Fantasy Sports, Football, Golf, Hockey, Rugby, Running, Soccer, "
            "Swimming, Tennis, Volleyball, Wilderness, Wrestling"
        ),
        "Technology": (),
        "True Crime": (),
        "TV & Film": _parts("After Shows, Film History, Film Interviews, Film Reviews, TV Reviews"),
    }
)


def every_category() -> tuple[str, ...]:
    """Give all of them, as people write them: ``Arts``, ``Arts > Books`` and so on."""
    return tuple(
        name
        for category, parts in CATEGORIES.items()
        for name in (category, *(f"{category}{BETWEEN}{part}" for part in parts))
    )
