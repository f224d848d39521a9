using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.Json;
using Sluice.JsonSchemas;
using Sluice.StructuredOutput;

namespace Sluice;

/// <summary>Asks models for values instead of texts.</summary>
/// <remarks>
/// <para>The answer may stand in a code fence, or with text around it, as long as it is the only JSON object or array there. It is read strictly:
/// no duplicate members, no comments, at most 64 levels. It has to match the schema and to be readable as the type.</para>
/// <para>An answer that is not valid is sent back once with everything that is wrong with it. One that was refused, is empty, or was cut off at
/// the token limit is not: asking again would not change it.</para>
/// </remarks>
public static class StructuredOutputExtensions
{
    private static readonly ConditionalWeakTable<Type, JsonSchema> Schemas = [];

    /// <summary>Asks for a value of a type, whose schema is derived as those of tools and plans are.</summary>
    /// <typeparam name="T">The type, read with <see cref="SluiceJson.Options"/>. Providers ask for one that is a JSON object.</typeparam>
    /// <param name="client">Who answers.</param>
    /// <param name="messages">What is asked.</param>
    /// <param name="options">How it is asked. Default: with the schema as the response format.</param>
    /// <param name="cancellationToken">Stops the call that is under way.</param>
    /// <exception cref="StructuredOutputException"><c>invalid_output</c> or <c>model_refused</c>.</exception>
    /// <exception cref="NotSupportedException">The type has no JSON form.</exception>
    public static Task<StructuredOutputResult<T>> GetStructuredAsync<T>(
        this IChatClient client, IEnumerable<ChatMessage> messages, StructuredOutputOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(messages);
        var schema = Schemas.GetValue(typeof(T), static type => JsonSchema.Compile(JsonSchemaDerivation.Derive(type, SluiceJson.Options)));
        return new StructuredCall<T>(client, schema, SchemaTypeName.Of(typeof(T)), options ?? new(), ReadAs<T>).RunAsync(messages, cancellationToken);
    }

    /// <summary>Asks for a value of a JSON Schema.</summary>
    /// <param name="client">Who answers.</param>
    /// <param name="messages">What is asked.</param>
    /// <param name="schema">The schema, of draft 2020-12. Providers ask for one of an object.</param>
    /// <param name="options">How it is asked. Default: with the schema as the response format.</param>
    /// <param name="cancellationToken">Stops the call that is under way.</param>
    /// <exception cref="StructuredOutputException"><c>invalid_output</c> or <c>model_refused</c>.</exception>
    /// <exception cref="JsonSchemaException">The schema has problems; all of them are listed.</exception>
    public static Task<StructuredOutputResult<JsonElement>> GetStructuredAsync(
        this IChatClient client, IEnumerable<ChatMessage> messages, JsonElement schema, StructuredOutputOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(messages);
        return new StructuredCall<JsonElement>(client, JsonSchema.Compile(schema), "answer", options ?? new(), static element => element)
            .RunAsync(messages, cancellationToken);
    }

    private static T ReadAs<T>(JsonElement element) => element.Deserialize<T>(SluiceJson.Options)!;
}
