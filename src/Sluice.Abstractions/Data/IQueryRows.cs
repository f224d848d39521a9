namespace Sluice.Data;

/// <summary>The rows of a query, one after the other. Disposing ends the query in the engine.</summary>
public interface IQueryRows : IAsyncDisposable
{
    /// <summary>The columns, in order.</summary>
    IReadOnlyList<QueryColumn> Columns { get; }

    /// <summary>Why rows or parts of values are missing; <see cref="QueryTruncation.None"/> when nothing is, which is known for sure only at the end.</summary>
    QueryTruncation Truncation { get; }

    /// <summary>Goes to the next row.</summary>
    /// <returns>False at the end, which may be that of a limit.</returns>
    /// <exception cref="QueryException">The statement failed or took too long.</exception>
    ValueTask<bool> ReadAsync(CancellationToken cancellationToken);

    /// <summary>
    /// A value of the row: null, <see cref="bool"/>, <see cref="long"/>, <see cref="decimal"/>, <see cref="double"/>, <see cref="string"/>,
    /// <see cref="DateOnly"/>, <see cref="TimeOnly"/>, <see cref="DateTime"/>, <see cref="DateTimeOffset"/>, <see cref="Guid"/>, a byte array or a
    /// <see cref="System.Text.Json.JsonElement"/>. Other types of the engine come as its text for them.
    /// </summary>
    /// <param name="ordinal">The column, from 0.</param>
    object? GetValue(int ordinal);
}
