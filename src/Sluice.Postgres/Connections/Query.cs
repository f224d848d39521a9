using System.Text;

namespace Sluice.Postgres.Connections;

/// <summary>A select that grows by conditions. Conditions that are left out let the planner use the index of those that are there.</summary>
internal sealed class Query(string select)
{
    private readonly StringBuilder _sql = new(select + " where tenant = $1");
    private readonly List<object?> _values = [];

    /// <summary>A condition on values, which it names <c>{0}</c>, <c>{1}</c>, …; left out when the first is null.</summary>
    public Query Where(string condition, params IReadOnlyList<object?> values)
    {
        if (values[0] is null) return this;
        _sql.Append(" and ").AppendFormat(null, condition, [.. values.Select(Add)]);
        return this;
    }

    /// <summary>A condition that names constants only.</summary>
    public Query WhereAlso(string? condition)
    {
        if (condition is not null) _sql.Append(" and ").Append(condition);
        return this;
    }

    /// <summary>A member's name goes in as text: a partial index applies only to what the planner knows.</summary>
    public Query WhereIs<T>(string column, T? value)
        where T : struct, Enum => WhereAlso(value is { } known ? $"{column} = '{WireName<T>.Of(known)}'" : null);

    public Statement OrderBy(string order, int limit)
    {
        _sql.Append(" order by ").Append(order).Append(" limit ").Append(Add(limit));
        return new(_sql.ToString(), _values);
    }

    private string Add(object? value)
    {
        _values.Add(value);
        return $"${_values.Count + 1}";
    }
}
