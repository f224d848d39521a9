namespace Sluice.JsonSchemas.Patterns;

/// <summary>The capturing groups of a pattern, which a reference may name before they are reached.</summary>
internal sealed class PatternGroups
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private int _count;

    public static PatternGroups Scan(string source)
    {
        var groups = new PatternGroups();
        var reader = new PatternReader(source);
        var isInClass = false;
        while (!reader.IsAtEnd)
        {
            switch (reader.Read())
            {
                case '\\' when !reader.IsAtEnd:
                    reader.Read();
                    break;
                case '[':
                    isInClass = true;
                    break;
                case ']':
                    isInClass = false;
                    break;
                case '(' when !isInClass:
                    groups.Add(reader);
                    break;
            }
        }
        return groups;
    }

    public int NumberOf(string name, PatternReader reader) =>
        _numbers.TryGetValue(name, out var number) ? number : throw reader.Error($"there is no group named '{name}'");

    public int Check(int number, PatternReader reader) => number <= _count ? number : throw reader.Error($"there is no group {number}");

    private void Add(PatternReader reader)
    {
        if (reader.Peek() != '?')
        {
            _count++;
            return;
        }
        if (reader.Peek(1) != '<' || reader.Peek(2) is '=' or '!') return;
        reader.TryTake('?');
        _count++;
        if (!_numbers.TryAdd(reader.ReadGroupName(), _count)) throw reader.Error("two groups have the same name");
    }
}
