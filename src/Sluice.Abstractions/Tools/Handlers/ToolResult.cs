using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sluice.Json;

namespace Sluice;

/// <summary>Turns what a handler returned into JSON that outlives the call.</summary>
internal static class ToolResult
{
    private static readonly JsonElement Null = JsonSerializer.SerializeToElement<object?>(null);

    public static Func<TResult, JsonElement> WriterOf<TResult>()
    {
        // Elements have to be detached from their document, and what is not known before it is there is looked at then.
        if (typeof(TResult) == typeof(JsonElement) || typeof(TResult) == typeof(object)) return value => ToJson(value);
        if (IsTask(typeof(TResult))) throw new NotSupportedException(AwaitMessage(typeof(TResult)));
        var contract = (JsonTypeInfo<TResult>)SluiceJson.Options.GetTypeInfo(typeof(TResult));
        return value => Write(value, contract);
    }

    public static JsonElement ToJson(object? value) => value switch
    {
        null => Null,
        JsonElement { ValueKind: JsonValueKind.Undefined } => Null,
        JsonElement element => Detach(element),
        JsonDocument document => Detach(document.RootElement),
        _ when IsTask(value.GetType()) => throw new SluiceException(ErrorCodes.InvalidResult, AwaitMessage(value.GetType())),
        _ => Write(value),
    };

    private static JsonElement Detach(JsonElement element)
    {
        try
        {
            return SluiceJson.Detach(element);
        }
        catch (JsonException e)
        {
            throw Unwritable(typeof(JsonElement), e);
        }
    }

    private static JsonElement Write<TResult>(TResult value, JsonTypeInfo<TResult> contract)
    {
        try
        {
            return JsonSerializer.SerializeToElement(value, contract);
        }
        catch (Exception e) when (IsUnwritable(e))
        {
            throw Unwritable(typeof(TResult), e);
        }
    }

    private static JsonElement Write(object value)
    {
        try
        {
            return JsonSerializer.SerializeToElement(value, value.GetType(), SluiceJson.Options);
        }
        catch (Exception e) when (IsUnwritable(e))
        {
            throw Unwritable(value.GetType(), e);
        }
    }

    // What System.Text.Json throws for cycles, for types without a JSON form, and for numbers such as NaN.
    private static bool IsUnwritable(Exception e) => e is JsonException or NotSupportedException or ArgumentException;

    private static SluiceException Unwritable(Type type, Exception cause) =>
        new(ErrorCodes.InvalidResult, $"The result of type {SchemaTypeName.Of(type)} can't be written as JSON: {cause.Message}", cause);

    private static bool IsTask(Type type) =>
        typeof(Task).IsAssignableFrom(type) || type == typeof(ValueTask)
        || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>));

    private static string AwaitMessage(Type type) =>
        $"The handler returned a {SchemaTypeName.Of(type)} instead of its result. Await it in the handler.";
}
