namespace Inventory.Data;

/// <summary>A query was not run, or not to its end. The message is written for whoever wrote the query, a model included.</summary>
internal sealed class QueryRefusedException : Exception
{
    public QueryRefusedException()
    {
    }

    public QueryRefusedException(string message)
        : base(message)
    {
    }

    public QueryRefusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
