using System.Collections.Immutable;
using System.Text.Json;
using Sluice.Json;
using Sluice.JsonSchemas;

namespace Sluice.Tests.Schemas;

public sealed class JsonSchemaDerivationLawTests
{
    private const int Rounds = 300;

    public static TheoryData<Type> Types =>
    [
        typeof(Sample.Plan), typeof(Sample.Node), typeof(Sample.Numbers), typeof(Sample.Texts), typeof(Sample.Collections), typeof(Sample.Untyped),
        typeof(Sample.Annotated), typeof(Sample.Change), typeof(Sample.ProductSet), typeof(Ref<Sample.ProductSet>), typeof(ReferenceHandle),
        typeof(Dictionary<string, Sample.Node>), typeof(ImmutableArray<Sample.Season>), typeof(KeyValuePair<string, int>), typeof(int?), typeof(string),
    ];

    [Theory]
    [MemberData(nameof(Types))]
    public void DerivedSchema_OfAnyType_IsValidAndDeterministic(Type type)
    {
        var schema = JsonSchemaDerivation.Derive(type, SluiceJson.Options);

        JsonSchema.Compile(schema);
        JsonSchemaDerivation.Derive(type, SluiceJson.Options).GetRawText().ShouldBe(schema.GetRawText());
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void AcceptedValue_IsRead_AndIsValidWhenWrittenAgain(Type type)
    {
        var schema = JsonSchemaDerivation.Derive(type, SluiceJson.Options);
        var compiled = JsonSchema.Compile(schema);
        for (var seed = 0; seed < Rounds; seed++)
        {
            var json = JsonSerializer.SerializeToElement(new SchemaSampler(schema, seed).Next());
            compiled.Validate(json).ShouldBeEmpty($"seed {seed}: the sampler made {json}");

            var value = JsonSerializer.Deserialize(json, type, SluiceJson.Options);
            var written = JsonSerializer.SerializeToElement(value, type, SluiceJson.Options);

            compiled.Validate(written).ShouldBeEmpty($"seed {seed}: {json} became {written}");
        }
    }
}
