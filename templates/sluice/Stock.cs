namespace Starter_App;

/// <summary>How much there is of an article, and how little there may be of it.</summary>
public sealed record Article(string Name, int Units, int Minimum);

/// <summary>The shelves. Your database takes this place.</summary>
public sealed class Stock
{
    private readonly Dictionary<string, Article> _articles = new Article[]
    {
        new("hammers", Units: 12, Minimum: 5),
        new("nails", Units: 40, Minimum: 100),
        new("saws", Units: 3, Minimum: 4),
    }.ToDictionary(article => article.Name);

    private readonly Lock _lock = new();

    /// <summary>All articles, or those that are running low.</summary>
    public IReadOnlyList<Article> List(bool onlyLow)
    {
        lock (_lock) return [.. _articles.Values.Where(article => !onlyLow || article.Units < article.Minimum)];
    }

    /// <summary>Adds units to an article. What is thrown here is told to whoever called the tool.</summary>
    public Article Order(string name, int units)
    {
        lock (_lock)
        {
            if (!_articles.TryGetValue(name, out var article)) throw new ArgumentException($"There is no article '{name}'. See list_stock.");
            return _articles[name] = article with { Units = article.Units + units };
        }
    }
}
