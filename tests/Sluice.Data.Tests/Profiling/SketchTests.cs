using FsCheck;
using FsCheck.Fluent;
using Sluice.Data.Profiling.Dialects;
using Sluice.Data.Profiling.Values;

namespace Sluice.Data.Tests.Profiling;

public sealed class SketchTests
{
    [Fact]
    public void HyperLogLog_OfAnyNumberOfValues_IsWithinSixPercent() =>
        Prop.ForAll(Gen.Choose(1, 60_000).Two().ToArbitrary(), pair =>
        {
            var (count, seed) = pair;
            var counter = new HyperLogLog();
            for (var round = 0; round < 2; round++)
                for (var i = 0; i < count; i++) counter.Add(StableHash.Of($"{seed}:{i}"));
            ((double)Math.Abs(counter.Estimate() - count)).ShouldBeLessThanOrEqualTo(Math.Max(3, count * 0.065));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void HyperLogLog_InAnyOrder_CountsTheSame() =>
        Prop.ForAll(ArbMap.Default.ArbFor<ulong[]>(), hashes =>
        {
            var (forth, back) = (new HyperLogLog(), new HyperLogLog());
            foreach (var hash in hashes) forth.Add(hash);
            foreach (var hash in hashes.Reverse()) back.Add(hash);
            back.Estimate().ShouldBe(forth.Estimate());
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void ValueCounts_BeyondWhatIsCountedExactly_EstimateOnly()
    {
        var counts = new ValueCounts();
        for (var i = 0; i < ValueCounts.MostExact; i++) counts.Add($"v{i}");
        (counts.IsExact, counts.Distinct).ShouldBe((true, ValueCounts.MostExact));
        for (var i = 0; i < 200_000; i++) counts.Add($"v{i}");
        counts.IsExact.ShouldBeFalse();
        counts.Distinct.ShouldBeInRange(188_000, 212_000);
    }

    [Fact]
    public void Quartiles_OfAnyNumbers_SplitThemAsTheyAreDefined() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonEmptyArray<int>>(), array =>
        {
            var quartiles = Quartiles.Of([.. array.Get], Comparer<int>.Default)!;
            for (var quarter = 1; quarter <= 3; quarter++)
            {
                var value = quartiles[quarter - 1];
                array.Get.ShouldContain(value);
                (array.Get.Count(other => other <= value) * 4).ShouldBeGreaterThanOrEqualTo(array.Get.Length * quarter);
                (array.Get.Count(other => other < value) * 4).ShouldBeLessThan(array.Get.Length * quarter);
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Mask_OfAnyText_HidesEveryLetterAndDigitAndKeepsTheRest() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
        {
            if (ValueMask.Of(text.Get) is not { } mask) return;
            mask.EnumerateRunes().Count().ShouldBe(text.Get.EnumerateRunes().Count());
            foreach (var (before, after) in text.Get.EnumerateRunes().Zip(mask.EnumerateRunes()))
                (after.ToString() is "A" or "a" or "9" || (after == before && !System.Text.Rune.IsLetterOrDigit(before))).ShouldBeTrue();
            ValueMask.Of(mask).ShouldBe(mask);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(50)]
    [InlineData(2_000)]
    [InlineData(50_000)]
    public void DistinctEstimate_OfEvenlySpreadValues_IsNearTheTruth(int values)
    {
        var random = new Random(7);
        var seen = Enumerable.Range(0, 10_000).Select(_ => random.Next(values)).Distinct().Count();
        ((double)DistinctEstimate.Of(seen, 10_000, 1_000_000)).ShouldBe(values, values * 0.05);
        DistinctEstimate.Of(10_000, 10_000, 1_000_000).ShouldBe(1_000_000);
        DistinctEstimate.Of(7, 10, 10).ShouldBe(7);
    }

    [Theory]
    [InlineData("email", "ann@example.com", "email")]
    [InlineData("CustomerEmail", "none", "email")]
    [InlineData("kontakt", "ann@example.com", "email")]
    [InlineData("phone_number", "12345", "phone")]
    [InlineData("x", "+49 30 1234567", "phone")]
    [InlineData("x", "DE89 3704 0044 0532 0130 00", "iban")]
    [InlineData("x", "192.168.0.1", "ip_address")]
    [InlineData("FirstName", "Ann", "person_name")]
    [InlineData("BillingAddress", "1 Main Street", "postal_address")]
    [InlineData("address2", "Flat 3", "postal_address")]
    [InlineData("dob", "1980-01-01", "date_of_birth")]
    [InlineData("password_hash", "abc", "secret")]
    [InlineData("ssn", "123-45-6789", "national_id")]
    [InlineData("email_count", "3", null)]
    [InlineData("email_verified", "yes", null)]
    [InlineData("phone_model", "Nokia 3310", null)]
    [InlineData("address_id", "17", null)]
    [InlineData("mac_address", "aa:bb", null)]
    [InlineData("name", "Jazz", null)]
    [InlineData("city", "Paris", null)]
    [InlineData("isbn", "978-3-16-148410-0", null)]
    [InlineData("version", "1.2.3.4.5", null)]
    [InlineData("part", "555-1234", null)]
    [InlineData("handle", "@ann", null)]
    [InlineData("price", "12.50", null)]
    [InlineData("mailing", "weekly", null)]
    [InlineData("zip", "12345-6789", null)]
    public void PersonalData_ByNameAndValues_IsToldFromWhatOnlyLooksLikeIt(string column, string value, string? kind)
    {
        var sketch = new ColumnSketch(TypeFamily.Text, typesAreHints: true);
        for (var i = 0; i < 20; i++) sketch.Add(value);
        PersonalData.KindOf(column, TypeFamily.Text, sketch.Formats, sketch.NonNull).ShouldBe(kind);
    }

    [Theory]
    [InlineData("4111 1111 1111 1111", true)]
    [InlineData("5500005555555559", true)]
    [InlineData("4111 1111 1111 1112", false)]
    [InlineData("0000000000000000", false)]
    [InlineData("411111", false)]
    [InlineData("4111a11111111111", false)]
    public void PaymentCard_IsOneWhenItsCheckHolds(string text, bool isCard) => Checksum.IsPaymentCard(text).ShouldBe(isCard);

    [Fact]
    public void OrderNumbers_OfSixteenDigits_AreNoCards()
    {
        var sketch = new ColumnSketch(TypeFamily.Integer, typesAreHints: false);
        for (var i = 0; i < 100; i++) sketch.Add(4_000_000_000_000_000 + (i * 7));
        PersonalData.KindOf("order_number", TypeFamily.Integer, sketch.Formats, sketch.NonNull).ShouldBeNull();
    }
}
